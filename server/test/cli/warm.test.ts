import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ogplus, serve, startCommand } from '../harness/command.ts';
import { makeDataFolder } from '../harness/data-folder.ts';
import { type Origin, page, startOrigin } from '../harness/origin.ts';
import { until } from '../harness/until.ts';

const fresh = page({ headers: { 'Cache-Control': 'max-age=600' } });
const count = 8;

/** A website of eight pages and a sitemap; the page `/3` is held until it is let go. */
function siteWithAHeldPage() {
  const held: Array<() => void> = [];
  const site = { isHeld: true, held, answer };
  function answer(req: IncomingMessage, res: ServerResponse): void {
    if (req.url === '/robots.txt') res.writeHead(404).end();
    else if (req.url === '/sitemap.xml') {
      const origin = `http://${req.headers.host}`;
      res.end(
        `<urlset>${Array.from({ length: count }, (_, n) => `<url><loc>${origin}/${n}</loc></url>`).join('')}</urlset>`,
      );
    } else if (site.isHeld && req.url === '/3') held.push(() => fresh(req, res));
    else fresh(req, res);
  }
  return site;
}

async function dataFolder(origin: Origin) {
  const path = await mkdtemp(join(tmpdir(), 'ogplus-warm-'));
  const env = {
    OGPLUS_DATA_DIR: path,
    OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8',
    OGPLUS_LOG_LEVEL: 'warn',
    OGPLUS_SERVICE: 'none',
  };
  await makeDataFolder(path);
  const made = await ogplus(['site', 'create', origin.url, '--json'], env);
  assert.equal(made.code, 0, made.stderr);
  const { apiKey } = JSON.parse(made.stdout) as { apiKey: string };
  return { env, apiKey, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

const heard = (origin: Origin, path: string) => origin.heard.filter(({ target }) => target === path).length;

describe('ogplus warm', () => {
  it('goes on with another service when the one that worked on it was killed, and draws nothing twice', async () => {
    const site = siteWithAHeldPage();
    await using origin = await startOrigin(site.answer);
    await using folder = await dataFolder(origin);
    const killed = await serve(folder.env);
    const command = startCommand(['warm', origin.url, '--consumers', 'generic,slack', '--json'], folder.env);
    try {
      await until('it holds at a page', () => site.held.length > 0);
      killed.signal('SIGKILL');
      await killed.ended;
      site.isHeld = false;
      const service = await serve(folder.env);
      try {
        assert.equal(await command.ended, 0, command.output());
        const { state, pages } = JSON.parse(command.output().replace(/^Data folder.*\n/, ''));
        assert.deepEqual(
          { state, pages },
          { state: 'done', pages: { total: count, done: count, skipped: 0, failed: 0 } },
        );
        for (let n = 0; n < count; n++) assert.equal(heard(origin, `/${n}`), n === 3 ? 2 : 1, `page ${n}`);
      } finally {
        service.signal('SIGTERM');
        await service.ended;
      }
    } finally {
      killed.signal('SIGKILL');
      command.signal('SIGKILL');
    }
  });

  it('works without a service, stops when it is told to, and goes on where it was', async () => {
    const site = siteWithAHeldPage();
    await using origin = await startOrigin(site.answer);
    await using folder = await dataFolder(origin);
    const wrong = await ogplus(['warm', origin.url, '--sitemap', 'https://other.example/s.xml'], folder.env);
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /must be an address of/);
    const first = startCommand(['warm', origin.url, '--consumers', 'generic'], folder.env);
    try {
      await until('it holds at a page', () => site.held.length > 0);
      first.signal('SIGINT');
      site.isHeld = false;
      for (const letGo of site.held) letGo();
      assert.equal(await first.ended, 1, first.output());
      assert.match(first.output(), /No service runs on this data folder/);
      assert.match(first.output(), /Stopped\. 8 pages: .* Run the same command to resume it\./);
    } finally {
      first.signal('SIGKILL');
    }
    const second = await ogplus(['warm', origin.url], folder.env);
    assert.equal(second.code, 0, second.stderr);
    assert.match(second.stdout, /^8 pages: \d drawn, \d skipped, 0 failed\./);
    for (let n = 0; n < count; n++) assert.ok(heard(origin, `/${n}`) <= (n === 3 ? 2 : 1), `page ${n}`);
  });

  it('tells the same of a page as JSON, with a data folder and with a service', async () => {
    const unkept = page({ headers: { 'Cache-Control': 'no-store' } });
    await using origin = await startOrigin((req, res) => {
      const at = `http://${req.headers.host}`;
      const entries = ['/unkept', '/broken'].map((path) => `<url><loc>${at}${path}</loc></url>`);
      if (req.url === '/sitemap.xml') res.end(`<urlset>${entries.join('')}</urlset>`);
      else if (req.url === '/unkept') unkept(req, res);
      else res.writeHead(500).end();
    });
    await using folder = await dataFolder(origin);
    const service = await serve({ ...folder.env, OGPLUS_FAILURE_MEMORY_MS: '0' });
    const told = async (env: Record<string, string>) => {
      const { stdout } = await ogplus(['warm', origin.url, '--consumers', 'generic', '--json'], env);
      const { id, createdAt, endedAt, ...warmup } = JSON.parse(stdout) as Record<string, unknown>;
      return warmup;
    };
    try {
      const local = await told(folder.env);
      const [broken, unkept] = local['remarks'] as Array<Record<string, string>>;
      assert.deepEqual([broken?.['outcome'], unkept?.['outcome']], ['failed', 'skipped'], JSON.stringify(local));
      assert.deepEqual(local['failures'], [{ url: `${origin.url}/broken`, why: broken?.['why'] }]);
      const named = { OGPLUS_SERVICE: service.address, OGPLUS_API_KEY: folder.apiKey };
      assert.deepEqual(await told({ ...folder.env, ...named }), local);
    } finally {
      service.signal('SIGTERM');
      await service.ended;
    }
  });
});
