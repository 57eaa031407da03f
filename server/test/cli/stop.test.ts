import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { ogplus, type Served, serve, startCommand } from '../harness/command.ts';
import { makeDataFolder } from '../harness/data-folder.ts';
import { type Origin, startOrigin } from '../harness/origin.ts';
import { processTree } from '../harness/process-tree.ts';
import { until } from '../harness/until.ts';

const linux = process.platform === 'linux' ? false : 'only Linux bounds files in this way, and shows processes';

let folder: string;
let origin: Origin;
let publicKey: string;
/** Ends the images that are held. */
let release: Array<() => void> = [];
const env = () => ({ OGPLUS_DATA_DIR: join(folder, 'data'), OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8' });
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ogplus-stop-'));
  origin = await startOrigin((req, res) => {
    if (req.url?.startsWith('/held') === true) release.push(() => res.writeHead(404).end());
    else if (req.url?.startsWith('/silent') === false)
      res.writeHead(200, { 'Content-Type': 'text/html' }).end(`<!doctype html><p>x</p><img src="/held${req.url}">`);
  });
});
after(async () => {
  await origin[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

function ask(service: Served, path: string, agent?: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const req = request(`${service.address}${path}`, { agent: agent ?? false }, async (res) => {
      let body = '';
      try {
        for await (const chunk of res) body += String(chunk);
      } catch (error) {
        reject(error);
      }
      resolve({ status: res.statusCode ?? 0, headers: res.headers, body });
    });
    req.on('error', reject);
    req.end();
  });
}

const card = (service: Served, page: string) => ask(service, `/api/websites/v1/domain/${publicKey}/image/${page}`);

async function startService(more: Record<string, string> = {}, limits?: string): Promise<Served> {
  const service = await serve({ ...env(), ...more }, limits);
  if (publicKey === undefined) {
    const made = await ogplus(['site', 'create', origin.url, '--json'], env());
    publicKey = (JSON.parse(made.stdout) as { publicKey: string }).publicKey;
  }
  return service;
}

describe('a service that is told to stop while it has much to do', { skip: linux }, () => {
  it('answers all of it: with cards, or with 503 and when to come again; nobody else is let in', async () => {
    release = [];
    await using service = await startService({ OGPLUS_STOP_GRACE_MS: '4000', OGPLUS_RENDERERS: '2' });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    assert.equal((await ask(service, '/healthz', agent)).status, 200);
    const drawn = [card(service, 'a'), card(service, 'b')];
    await until('both are drawn', () => release.length === 2);
    const waiting = [card(service, 'c'), card(service, 'd'), card(service, 'silent-1'), card(service, 'silent-2')];
    await until('the others wait', () => origin.heard.length >= 8);
    service.signal('SIGTERM');
    await until('nobody else is let in', () =>
      ask(service, '/healthz').then(
        () => false,
        () => true,
      ),
    );
    for (const one of release.slice(0, 2)) one();
    for (const { status } of await Promise.all(drawn)) assert.equal(status, 200);
    for (const { status, headers, body } of await Promise.all(waiting)) {
      assert.equal(status, 503);
      assert.ok(Number(headers['retry-after']) > 0);
      assert.match(body, /The service is stopping/);
    }
    assert.equal(await service.ended, 0);
    agent.destroy();
  });

  it('says over connections that are open that it is not ready', async () => {
    release = [];
    await using service = await startService({ OGPLUS_STOP_GRACE_MS: '3000' });
    const drawn = card(service, 'e');
    await until('it is drawn', () => release.length === 1);
    // A request of which a part is there already, so that its connection is not idle.
    const { hostname, port } = new URL(service.address);
    const socket = connect({ host: hostname, port: Number(port) });
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.write(`GET /readyz HTTP/1.1\r\nHost: ${hostname}:${port}\r\n`);
    await until('the half of it is there', () => socket.bytesWritten > 0);
    assert.equal((await ask(service, '/healthz')).status, 200);
    service.signal('SIGTERM');
    await until('nobody else is let in', () =>
      ask(service, '/healthz').then(
        () => false,
        () => true,
      ),
    );
    socket.write('\r\n');
    await until('it answers', () => /stopping/.test(text));
    assert.match(text, /^HTTP\/1\.1 503 /);
    for (const one of release) one();
    assert.equal((await drawn).status, 200);
    assert.equal(await service.ended, 0);
  });
});

describe('a service whose browser hangs', { skip: linux }, () => {
  it('says within 2 s that it is not ready, or has another one already, which takes its place', async () => {
    await using service = await startService({ OGPLUS_RENDERERS: '1' });
    await until('it is ready', async () => (await ask(service, '/readyz')).status === 200);
    const stopped = processTree(service.pid).slice(1);
    for (const pid of stopped) process.kill(pid, 'SIGSTOP');
    const started = performance.now();
    const { status, body } = await ask(service, '/readyz');
    const took = performance.now() - started;
    // A quick machine has another browser within the bound.
    const isReplaced = status === 200 && processTree(service.pid).every((pid) => !stopped.includes(pid));
    if (!isReplaced) assert.deepEqual([status, JSON.parse(body)], [503, { store: 'ok', browser: 'failing' }]);
    assert.ok(took < 20_000, `${took} ms: the bound, on a machine ten times as busy`);
    await until('it is ready again', async () => (await ask(service, '/readyz')).status === 200);
    const left = () => processTree(service.pid).filter((pid) => stopped.includes(pid));
    await until('nothing is left of the one that hung', () => left().length === 0);
    service.signal('SIGTERM');
    assert.equal(await service.ended, 0);
  });
});

describe('a service that may open 1,024 files', { skip: linux }, () => {
  it('draws cards whatever connections are held idle', async () => {
    release = [];
    await using service = await startService({}, 'ulimit -n 1024');
    const { hostname, port } = new URL(service.address);
    const held: Socket[] = [];
    for (let n = 0; n < 1200; n++) {
      const socket = connect({ host: hostname, port: Number(port), localAddress: `127.0.9.${1 + (n % 60)}` });
      socket.on('error', () => {}); // turned away
      // Half of them were of use once.
      if (n % 2 === 0) socket.write(`GET /healthz HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`);
      held.push(socket);
    }
    for (const page of ['f', 'g', 'h']) {
      const asked = card(service, page);
      const releasing = setInterval(() => {
        for (const one of release.splice(0)) one();
      }, 50);
      assert.equal((await asked).status, 200);
      clearInterval(releasing);
    }
    for (const socket of held) socket.destroy();
    service.signal('SIGTERM');
    assert.equal(await service.ended, 0);
  });
});

describe('a service that listens, and cannot say that it is ready', () => {
  it('ends, and says why', async () => {
    const dataDir = join(folder, 'damaged');
    await makeDataFolder(dataDir);
    const database = new DatabaseSync(join(dataDir, 'ogplus.sqlite'));
    database.exec('DROP TABLE first_account');
    database.close();
    await using running = startCommand(['serve'], { ...env(), OGPLUS_DATA_DIR: dataDir, OGPLUS_PORT: '0' });
    assert.equal(await running.ended, 1);
    assert.match(running.output(), /no such table: first_account/);
  });
});
