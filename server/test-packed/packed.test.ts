import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { page, startOrigin } from '../test/harness/origin.ts';
import { until } from '../test/harness/until.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const mostBytes = 350_000_000;

let folder: string;
/** An empty folder in which the packed files were installed. */
let app: string;
/**
 * A data folder with one website and one card of `/kept`, fresh for 68 years, made by the version before: after a release it
 * is made again by that release.
 */
const dataFolderBefore = new URL('data-folder-before.tar.gz', import.meta.url);

/** The service of the running test. */
let served: { readonly address: string; stop(): Promise<number | null> } | undefined;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ogplus-packed-'));
  app = join(folder, 'app');
  await mkdir(app);
  const packages = ['-w', 'ogplus', '-w', '@ogplus/client'];
  await run('npm', ['pack', ...packages, '--pack-destination', folder], { cwd: root, maxBuffer: 100_000_000 });
  await writeFile(join(app, 'package.json'), '{"private":true,"type":"module"}');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.tgz')).map((name) => join(folder, name));
  assert.equal(files.length, 2);
  const quietly = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...quietly, ...files], { cwd: app });
});
after(async () => {
  await served?.stop();
  await rm(folder, { recursive: true, force: true });
});

const bin = () => join(app, 'node_modules/.bin/ogplus');
const env = (data: string) => ({
  ...process.env,
  OGPLUS_DATA_DIR: join(folder, data),
  OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8',
  OGPLUS_PORT: '0',
  OGPLUS_LOG_LEVEL: 'warn',
  OGPLUS_SERVICE: 'none',
});
const ogplus = async (data: string, ...args: string[]) => (await run(bin(), args, { cwd: app, env: env(data) })).stdout;

async function serve(data: string, more: Record<string, string> = {}): Promise<string> {
  const child = spawn(bin(), ['serve'], {
    cwd: app,
    env: { ...env(data), ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  served = { address: '', stop };
  const address = () => /ready at (\S+)/.exec(output)?.[1];
  const failed = ended.then(() => Promise.reject(new Error(`It did not start: ${output}`)));
  await Promise.race([until('it is ready', () => address() !== undefined), failed]);
  failed.catch(() => {});
  served = { address: address() ?? '', stop };
  return served.address;
}

async function stop(): Promise<void> {
  assert.equal(await served?.stop(), 0);
  served = undefined;
}

async function sizeOf(path: string): Promise<number> {
  const found = await lstat(path);
  if (!found.isDirectory()) return found.size;
  const sizes = await Promise.all((await readdir(path)).map((name) => sizeOf(join(path, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}

describe('what npm pack gives, installed into an empty folder', () => {
  it('is compiled, with types and source maps, and within its size', async () => {
    const dist = join(app, 'node_modules/ogplus/dist');
    const files = await readdir(dist, { recursive: true });
    assert.deepEqual(
      files.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts')),
      [],
    );
    for (const name of [
      'main.js',
      'main.js.map',
      'types/index.d.ts',
      'dashboard/index.html',
      'docs/index.html',
      'http-worker.js',
      'LICENCES.txt',
    ]) {
      assert.ok(files.includes(name), name);
    }
    const texts = files
      .filter((name) => /\.(js|map|d\.ts)$/.test(name))
      .map((name) => readFile(join(dist, name), 'utf8'));
    for (const text of await Promise.all(texts))
      assert.ok(!text.includes(root), 'a file names the folder it was made in');
    assert.ok((await sizeOf(join(app, 'node_modules'))) < mostBytes);
  });

  it('has the client, and the version', async () => {
    const { version } = JSON.parse(await readFile(join(root, 'server/package.json'), 'utf8')) as { version: string };
    assert.equal((await ogplus('none', '--version')).trim(), version);
    await writeFile(
      join(app, 'client.js'),
      `import { createOgPlus } from '@ogplus/client';
       console.log(createOgPlus({ connectionUrl: 'https://abcdefgh.cards.example.com' }).image('/a'));`,
    );
    const { stdout } = await run(process.execPath, ['client.js'], { cwd: app });
    assert.equal(stdout.trim(), 'https://abcdefgh.cards.example.com/a');
  });

  it('serves, draws a first card, is backed up while it serves, and is restored elsewhere', async () => {
    await using origin = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=600' } }));
    const address = await serve('data');
    const site = JSON.parse(await ogplus('data', 'site', 'create', origin.url, '--json')) as { publicKey: string };
    const card = (service: string) => fetch(`${service}/api/websites/v1/domain/${site.publicKey}/image/a`);
    const first = await card(address);
    assert.equal(first.status, 200);
    const bytes = Buffer.from(await first.arrayBuffer());
    assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
    assert.match(await (await fetch(`${address}/`)).text(), /<div id="root">/);
    assert.match(await (await fetch(`${address}/docs/`)).text(), /<h1[^>]*>OpenGraph\+/);

    const backup = join(folder, 'backup.tar');
    assert.match(await ogplus('data', 'backup', backup, '--pictures'), /1 website, 1 card, 1 picture .*checked/);
    assert.match((await card(address)).headers.get('cache-status') ?? '', /hit/);
    await stop();

    assert.match(await ogplus('elsewhere', 'restore', backup), /^Restored 1 website, 1 card and 1 picture/);
    const again = await card(await serve('elsewhere', { OGPLUS_WORKERS: '2' }));
    assert.match(again.headers.get('cache-status') ?? '', /hit/);
    assert.deepEqual(Buffer.from(await again.arrayBuffer()), bytes);
    assert.equal(origin.heard.length, 1);
    await stop();
  });

  it('opens the data of the version before, with its cards, and changes them', async () => {
    await mkdir(join(folder, 'before'), { mode: 0o700 });
    await run('tar', ['-xzf', fileURLToPath(dataFolderBefore), '-C', join(folder, 'before')]);
    assert.match(await ogplus('before', 'site', 'list'), /http:\/\/127\.0\.0\.1:48123/);
    const address = await serve('before');
    const card = await fetch(`${address}/api/websites/v1/domain/ogplus_pk_Zkp9wmWa5zWFEnf-54XKEQ/image/kept`);
    assert.match(card.headers.get('cache-status') ?? '', /hit/);
    const hash = createHash('sha256').update(Buffer.from(await card.arrayBuffer()));
    assert.equal(card.headers.get('etag'), `"${hash.digest('hex')}"`);
    assert.match(await ogplus('before', 'cache', 'rm', 'http://127.0.0.1:48123/kept'), /1 card/);
    assert.match(await ogplus('before', 'cache', 'list', 'http://127.0.0.1:48123/kept'), /^No cards of /);
    await stop();
  });
});
