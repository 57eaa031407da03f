import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, link, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { whatIsMissing } from '../../../scripts/installed.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));

type Packages = Record<string, { version?: string; os?: string[]; link?: boolean; resolved?: string }>;

const packagesOf = async (folder: string, file: string): Promise<Packages> =>
  (JSON.parse(await readFile(join(folder, file), 'utf8')) as { packages: Packages }).packages;

const record = 'node_modules/.package-lock.json';

let folder: string;
let tree: string;

/** The project as it is installed here, of each package the one file that says that it is there. */
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ogplus-set-up-'));
  tree = join(folder, 'tree');
  await mkdir(tree);
  for (const part of ['package.json', 'package-lock.json', 'scripts'])
    await cp(join(root, part), join(tree, part), { recursive: true });
  const installed = await packagesOf(root, record);
  const wanted = Object.entries(await packagesOf(root, 'package-lock.json')).filter(([path]) => path in installed);
  for (const [path, { link: isLink, resolved }] of wanted) {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    if (isLink) await symlink(join(tree, resolved ?? ''), join(tree, path));
    else {
      await mkdir(join(tree, path), { recursive: true });
      await cp(join(root, path, 'package.json'), join(tree, path, 'package.json'));
    }
  }
  await cp(join(root, record), join(tree, record));
  await mkdir(join(tree, 'server/bin'));
  await cp(join(root, 'server/bin/ogplus.js'), join(tree, 'server/bin/ogplus.js'));
  await mkdir(join(tree, 'node_modules/.bin'));
  await symlink('../ogplus/bin/ogplus.js', join(tree, 'node_modules/.bin/ogplus'));
});
after(() => rm(folder, { recursive: true, force: true }));

/** What the set-up says and does with an npm that says what it is asked for, and fails. */
function setUp(where: string): { status: number | null; said: string } {
  const npm = join(folder, 'npm.cjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(where, 'scripts/setup.mjs'), '--dev'], {
    env: { ...process.env, npm_execpath: npm },
    encoding: 'utf8',
  });
  return { status, said: `${stdout}${stderr}` };
}

describe('the set-up', () => {
  before(() => writeFile(join(folder, 'npm.cjs'), `console.log('npm', ...process.argv.slice(2)); process.exit(7);`));

  it('asks nobody for anything where all is there', () => {
    assert.equal(whatIsMissing(root, true), undefined);
    assert.deepEqual(setUp(root), { status: 0, said: '' });
  });

  it('takes a tree that is whole as it is', () => assert.equal(whatIsMissing(tree, true), undefined));

  const react = 'dashboard/node_modules/react';
  const sabotages: Record<string, [change: () => Promise<unknown>, said: RegExp]> = {
    'was copied without a folder of packages': [
      () => rm(join(tree, 'dashboard/node_modules'), { recursive: true }),
      /dashboard\/node_modules\/\S+ is missing/,
    ],
    'lacks one package': [
      () => rm(join(tree, react), { recursive: true }),
      /dashboard\/node_modules\/react is missing/,
    ],
    'was left in the middle of an installation': [() => rm(join(tree, record)), /no installation was finished/],
    'has half a record of what was installed': [
      async () => writeFile(join(tree, record), (await readFile(join(root, record), 'utf8')).slice(0, 5000)),
      /no installation was finished/,
    ],
    'was installed for another version': [
      () => rewritten((packages) => ({ ...packages, [react]: { ...packages[react], version: '1.0.0' } })),
      /dashboard\/node_modules\/react is another version/,
    ],
    'was installed on another system': [
      () => rewritten((packages) => ({ ...packages, [react]: { ...packages[react], os: ['beos'] } })),
      /dashboard\/node_modules\/react is for another system/,
    ],
    'was copied with files in place of links': [
      async () => {
        await rm(join(tree, 'node_modules/.bin/ogplus'));
        await link(join(tree, 'server/bin/ogplus.js'), join(tree, 'node_modules/.bin/ogplus'));
      },
      /the commands are missing/,
    ],
  };

  async function rewritten(change: (packages: Packages) => Packages): Promise<void> {
    await writeFile(join(tree, record), JSON.stringify({ packages: change(await packagesOf(root, record)) }));
  }

  for (const [what, [sabotage, expected]] of Object.entries(sabotages)) {
    it(`installs again where the tree ${what}`, async () => {
      const restore = await keep('dashboard/node_modules', record, 'node_modules/.bin');
      try {
        await sabotage();
        assert.match(whatIsMissing(tree, true) ?? '', expected);
      } finally {
        await restore();
      }
    });
  }

  it('has npm install what the lock file says, without scripts, and says why', async () => {
    const restore = await keep('dashboard/node_modules');
    await rm(join(tree, 'dashboard/node_modules'), { recursive: true });
    const { status, said } = setUp(tree);
    assert.match(said, /^Installing OpenGraph\+'s packages, because dashboard\/node_modules\/\S+ is missing\./m);
    assert.match(said, /^npm ci --ignore-scripts/m);
    assert.match(said, /^The installation failed\. Is the npm registry reachable\?$/m);
    assert.equal(status, 7);
    await restore();
  });

  /** Gives what puts these paths of the tree back as they are now. */
  async function keep(...paths: string[]): Promise<() => Promise<void>> {
    const kept = await mkdtemp(join(folder, 'kept-'));
    const copy = async (from: string, to: string) => {
      for (const path of paths)
        await cp(join(from, path), join(to, path), { recursive: true, force: true, verbatimSymlinks: true });
    };
    await copy(tree, kept);
    return async () => {
      for (const path of paths) await rm(join(tree, path), { recursive: true, force: true });
      await copy(kept, tree);
    };
  }

  it('does not miss what is for developers where nobody is one', async () => {
    await rm(join(tree, 'node_modules/typescript'), { recursive: true });
    const packages = await packagesOf(root, record);
    await rewritten(({ 'node_modules/typescript': _, ...others }) => others);
    assert.ok('node_modules/typescript' in packages);
    assert.equal(whatIsMissing(tree, false), undefined);
    assert.match(whatIsMissing(tree, true) ?? '', /node_modules\/typescript is missing/);
  });
});
