import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ogplus } from '../harness/command.ts';
import { makeDataFolder } from '../harness/data-folder.ts';
import { type Origin, page, startOrigin } from '../harness/origin.ts';

let folder: string;
let env: Record<string, string>;
let origin: Origin;
/** The paths of the sitemap. */
let paths: readonly string[];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ogplus-verify-'));
  const dataDir = await makeDataFolder(join(folder, 'data'));
  env = { OGPLUS_DATA_DIR: dataDir, OGPLUS_SERVICE: '', XDG_CONFIG_HOME: join(folder, 'config') };
  origin = await startOrigin(page());
  const made = await ogplus(['site', 'create', origin.url, '--json'], env);
  const { connectionUrl } = JSON.parse(made.stdout) as { connectionUrl: string };
  origin.answer = (req, res) => {
    const path = req.url ?? '';
    if (path === '/sitemap.xml') {
      const urls = paths.map((each) => `<url><loc>${new URL(each, origin.url).href}</loc></url>`);
      res.writeHead(200, { 'Content-Type': 'application/xml' }).end(`<urlset>${urls.join('')}</urlset>`);
    } else if (path === '/gone') res.writeHead(404).end();
    else {
      const image = path.startsWith('/wrong') ? '' : `<meta property="og:image" content="${connectionUrl}${path}">`;
      page({ head: `<meta property="og:title" content="A &amp; B">${image}` })(req, res);
    }
  };
});
after(async () => {
  await origin[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const verify = (...args: string[]) => ogplus(['verify', '--sitemap', `${origin.url}/sitemap.xml`, ...args], env);

describe('ogplus verify --sitemap', () => {
  it('looks at every page, names those that are wrong, and exits with 1', async () => {
    paths = ['/', '/a', '/wrong?a=1&amp;b=2', '/gone', 'https://other.example/'];
    const file = join(folder, 'cards.xml');
    const { code, stdout } = await verify('--junit', file);
    assert.equal(code, 1);
    assert.ok(stdout.includes(`${origin.url}/wrong?a=1&b=2\n  ✗ og:image        Missing`), stdout);
    assert.ok(stdout.includes(`${origin.url}/gone\n  ✗ The page answers 404.`), stdout);
    assert.match(stdout, /^4 pages: 2 good, 2 wrong\.\n1 address of other websites left out\.\n$/m);
    const xml = await readFile(file, 'utf8');
    assert.match(xml, /<testsuite name="ogplus verify http\S+" tests="4" failures="2" errors="0" skipped="0">/);
    assert.ok(xml.includes(`name="${origin.url}/wrong?a=1&amp;b=2"><failure message="og:image: Missing`), xml);
    assert.equal(xml.match(/<testcase [^>]*\/>/g)?.length, 2);
  });

  it('exits with 0 where all are right, and prints JSON', async () => {
    paths = ['/', '/a'];
    const { code, stdout } = await verify('--json');
    const { ok, pages } = JSON.parse(stdout) as { ok: boolean; pages: Array<{ url: string; ok: boolean }> };
    assert.deepEqual([code, ok, pages.map((one) => one.ok)], [0, true, [true, true]]);
    assert.deepEqual(pages.map(({ url }) => url).toSorted(), [`${origin.url}/`, `${origin.url}/a`]);
  });

  it('says what is no sitemap, and what is wrongly called', async () => {
    const none = await ogplus(['verify', '--sitemap', `${origin.url}/a`], env);
    assert.deepEqual([none.code, /is not a sitemap/.test(none.stderr)], [1, true]);
    for (const args of [
      ['verify'],
      ['verify', origin.url, '--sitemap', origin.url],
      ['verify', origin.url, '--junit', 'x.xml'],
      ['verify', '--sitemap', 'nonsense'],
      ['verify', '--sitemap', origin.url, '--junit', join(folder, 'nowhere', 'x.xml')],
    ]) {
      assert.equal((await ogplus(args, env)).code, 2, args.join(' '));
    }
  });
});
