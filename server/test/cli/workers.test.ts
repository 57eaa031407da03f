import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ogplus, ogplusProcess, type Served, serve } from '../harness/command.ts';
import { makeDataFolder } from '../harness/data-folder.ts';
import { type Origin, page, startOrigin } from '../harness/origin.ts';
import { until } from '../harness/until.ts';

const linux = process.platform === 'linux' ? false : 'processes are told apart by /proc';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** Over a connection of its own: connections go to the workers in turn. */
function ask(address: string, path: string, headers: Record<string, string> = {}, agent?: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const req = request(`${address}${path}`, { agent: agent ?? false, headers }, async (res) => {
      const chunks: Buffer[] = [];
      try {
        for await (const chunk of res) chunks.push(chunk);
      } catch (error) {
        reject(error);
      }
      const fields = Object.entries(res.headers).map(([name, value]) => [name, value?.toString()]);
      resolve({
        status: res.statusCode ?? 0,
        headers: Object.fromEntries(fields),
        body: Buffer.concat(chunks).toString('latin1'),
      });
    });
    req.on('error', reject);
    req.end();
  });
}

/** The processes that a process started itself, by its main thread. */
async function childrenOf(pid: number): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '');
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    if (Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) === pid && command.includes('http-worker'))
      found.push(Number(name));
  }
  return found;
}

for (const workers of [1, 4]) {
  describe(`a service with OGPLUS_WORKERS=${workers}`, { skip: linux }, () => {
    let folder: string;
    let env: Record<string, string>;
    let origin: Origin;
    let service: Served;
    let image: string;
    let key: string;

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'ogplus-workers-'));
      env = {
        OGPLUS_DATA_DIR: await makeDataFolder(join(folder, 'data')),
        OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8',
        OGPLUS_WORKERS: String(workers),
        OGPLUS_SERVICE: 'none',
        OGPLUS_TRUSTED_PROXIES: '127.0.0.1',
        OGPLUS_CLIENT_RENDERS_PER_MINUTE: '3',
      };
      origin = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=600' } }));
      const { stdout } = await ogplus(['site', 'create', origin.url, '--json'], env);
      const site = JSON.parse(stdout) as { publicKey: string; apiKey: string };
      service = await serve(env);
      image = `/api/websites/v1/domain/${site.publicKey}/image`;
      key = site.apiKey;
    });
    after(async () => {
      service.signal('SIGTERM');
      assert.equal(await service.ended, 0);
      await origin[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    });

    let client = 0;
    const card = (path: string, from = `10.0.0.${++client}`) =>
      ask(service.address, image + path, { 'x-forwarded-for': from });
    const status = async (path: string) => (await card(path)).headers['cache-status'] ?? '';
    /** Asks until every worker has it in memory. */
    const spread = async (path: string) => {
      await card(path);
      for (let n = 0; n < 4 * workers; n++) await card(path);
    };
    const metric = async (name: string) => {
      const { body } = await ask(service.address, '/metrics', {});
      return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\d+)`, 'm').exec(body)?.[1]);
    };

    it('draws a card once, whoever asks, and sends it with the same headers from every process', async () => {
      const first = await card('/once');
      assert.equal(first.status, 200);
      const answers = await Promise.all(Array.from({ length: 20 }, () => card('/once')));
      for (const { status: code, headers, body } of answers) {
        assert.equal(code, 200);
        assert.equal(body, first.body);
        assert.match(headers['cache-status'] ?? '', /^ogplus; hit; ttl=\d+$/);
        for (const name of ['etag', 'content-type', 'vary', 'last-modified'])
          assert.equal(headers[name], first.headers[name]);
      }
      assert.equal(origin.heard.filter(({ target }) => target === '/once').length, 1);
    });

    it('forgets what was purged in all processes before the purge is answered', async () => {
      for (const [how, purge] of [
        ['command', async (path: string) => (await ogplus(['cache', 'rm', origin.url + path], env)).code],
        [
          'api',
          async (path: string) => {
            const response = await fetch(`${service.address}/api/v1/websites/1/purges`, {
              method: 'POST',
              headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
              body: JSON.stringify({ kind: 'page', target: path }),
            });
            return response.status - 204;
          },
        ],
      ] as const) {
        const path = `/purged-by-${how}`;
        await spread(path);
        assert.match(await status(path), /hit/);
        assert.equal(await purge(path), 0);
        const after = await Promise.all(Array.from({ length: 3 * workers }, () => status(path)));
        assert.equal(origin.heard.filter(({ target }) => target === path).length, 2, how);
        assert.ok(after.some((text) => /fwd=miss/.test(text)));
      }
    });

    it('counts for the whole service: cards sent, connections, limits of a client', async () => {
      await spread('/counted');
      const before = await metric('ogplus_answers_total\\{kind="hit"\\}');
      const sent = 12;
      for (let n = 0; n < sent; n++) assert.match(await status('/counted'), /hit/);
      const after = await metric('ogplus_answers_total\\{kind="hit"\\}');
      assert.equal(after - before, sent);
      const usage = await fetch(`${service.address}/api/v1/websites/1/pages?search=counted`, {
        headers: { authorization: `Bearer ${key}` },
      });
      const { pages } = (await usage.json()) as { pages: Array<{ requests: number }> };
      assert.equal(pages[0]?.requests, 1 + 4 * workers + sent);
      assert.equal(await metric('ogplus_http_workers'), workers === 1 ? 0 : workers);
      const limited = [];
      for (let n = 0; n < 4; n++) limited.push((await card(`/limited-${n}`, '10.9.9.9')).status);
      assert.deepEqual(limited, [200, 200, 200, 429]);
    });

    it('answers everything else as one process does', async () => {
      assert.equal((await ask(service.address, '/healthz')).status, 200);
      assert.equal((await ask(service.address, '/readyz')).status, 200);
      assert.match((await ask(service.address, '/')).body, /<div id="root">/);
      const malformed = await ask(service.address, `${image}/x`, { host: 'a b' });
      assert.equal(malformed.status, 400);
      const post = await fetch(service.address + image, { method: 'POST', body: 'x' });
      assert.equal(post.status, 405);
      const head = await fetch(`${service.address}${image}/once`, { method: 'HEAD' });
      assert.deepEqual([head.status, (await head.arrayBuffer()).byteLength], [200, 0]);
      const { headers } = await card('/once');
      const again = await ask(service.address, `${image}/once`, { 'if-none-match': headers['etag'] ?? '' });
      assert.equal(again.status, 304);
    });

    it('does not let a client say who it is', async () => {
      // The field in which workers tell it, from outside.
      const metrics = (field: string) =>
        ask(service.address, '/metrics', { 'x-forwarded-for': '10.1.1.1', [field]: '127.0.0.1' });
      assert.equal((await metrics('ogplus-worker-client')).status, 404);
    });

    it('keeps pages away from the port that all of them share', async () => {
      const own = new URL(service.address).port;
      const made = await ogplus(['site', 'create', `http://127.0.0.1:${own}`, '--json'], env);
      const { publicKey } = JSON.parse(made.stdout) as { publicKey: string };
      const answer = await ask(service.address, `/api/websites/v1/domain/${publicKey}/image/healthz`, {
        'x-forwarded-for': '10.3.3.3',
      });
      assert.deepEqual([answer.status, /is this service itself/.test(answer.body)], [403, true]);
    });

    if (workers > 1) {
      it('sends fresh cards although the service itself does nothing', async () => {
        const agent = new Agent({ keepAlive: true, maxSockets: 1 });
        const again = () => ask(service.address, `${image}/busy`, { 'x-forwarded-for': '10.2.2.2' }, agent);
        await again();
        await until('its worker has the card', async () => {
          process.kill(service.pid, 'SIGSTOP');
          const answer = await Promise.race([again(), new Promise<undefined>((resolve) => setTimeout(resolve, 500))]);
          process.kill(service.pid, 'SIGCONT');
          return answer?.status === 200 && /hit/.test(answer.headers['cache-status'] ?? '');
        });
        agent.destroy();
      });

      it('replaces a worker that dies, and goes on answering', async () => {
        await spread('/survives');
        const [victim, ...others] = await childrenOf(service.pid);
        assert.equal(others.length, workers - 1);
        process.kill(victim ?? 0, 'SIGKILL');
        await until('another is there', async () => {
          const now = await childrenOf(service.pid);
          return now.length === workers && !now.includes(victim ?? 0);
        });
        const answers = await Promise.all(Array.from({ length: 4 * workers }, () => status('/survives')));
        for (const text of answers) assert.match(text, /hit/);
      });
    }
  });
}

/** Whether nobody listens there any more. */
async function refusesConnections(address: string): Promise<boolean> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, 'connect');
    return false;
  } catch {
    return true;
  } finally {
    socket.destroy();
  }
}

describe('a service with workers that is told to stop', { skip: linux }, () => {
  it('ends the request under way, and all its processes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ogplus-workers-'));
    let release: (() => void) | undefined;
    await using origin = await startOrigin((_, res) => {
      release = () => void res.writeHead(404).end();
    });
    const env = {
      OGPLUS_DATA_DIR: await makeDataFolder(join(folder, 'data')),
      OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8',
      OGPLUS_WORKERS: '2',
      OGPLUS_SERVICE: 'none',
    };
    const { stdout } = await ogplus(['site', 'create', origin.url, '--json'], env);
    const { publicKey } = JSON.parse(stdout) as { publicKey: string };
    const service = await serve(env);
    const workers = await childrenOf(service.pid);
    assert.equal(workers.length, 2);
    const waiting = ask(service.address, `/api/websites/v1/domain/${publicKey}/image/x`);
    await until('the page is asked for', () => release !== undefined);
    service.signal('SIGTERM');
    await until('it stops listening', () => refusesConnections(service.address));
    release?.();
    assert.equal((await waiting).status, 404);
    assert.equal(await service.ended, 0);
    for (const pid of workers) assert.throws(() => process.kill(pid, 0));
    await rm(folder, { recursive: true, force: true });
  });

  it('says where it cannot listen, as one process does', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ogplus-workers-'));
    await using origin = await startOrigin(page());
    const env = { OGPLUS_DATA_DIR: join(folder, 'data'), OGPLUS_WORKERS: '2', OGPLUS_PORT: new URL(origin.url).port };
    const { code, stderr } = await ogplusProcess(['serve'], env);
    assert.equal(code, 1);
    assert.match(stderr, /cannot be used: another program listens there/);
    await rm(folder, { recursive: true, force: true });
  });
});
