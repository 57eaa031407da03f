import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { endWithTests } from '../../server/test/harness/child-processes.ts';
import { freePort } from '../../server/test/harness/free-port.ts';
import { type Origin, page, startOrigin } from '../../server/test/harness/origin.ts';
import { type CardResponse, startTestService, type TestService } from '../../server/test/harness/service.ts';

export const site = 'ogplus.example.com';
export const cardsDomain = 'cards.example.com';

export interface Ports {
  readonly http: number;
  readonly https: number;
  /** The service's. */
  readonly service: number;
}

/**
 * Starts a proxy with the project's configuration, changed in ports, paths and certificates only.
 * @param folder an empty folder, for its files.
 */
type StartProxy = (folder: string, ports: Ports) => Promise<AsyncDisposable>;

/** Runs the proxy's program until disposed of; resolves when it listens. */
export async function proxyProcess(
  command: string,
  args: readonly string[],
  port: number,
  env: NodeJS.ProcessEnv = {},
): Promise<AsyncDisposable> {
  const child = endWithTests(
    spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env }, detached: true }),
  );
  let log = '';
  child.stderr.on('data', (chunk) => {
    log += chunk;
  });
  const ended = once(child, 'exit');
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`${command} ended:\n${log}`);
  }
  return {
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 20)); // the next try, not the passing of time
    return false;
  } finally {
    socket.destroy();
  }
}

/** A service with its proxy, and a website. */
export interface BehindProxy extends AsyncDisposable {
  readonly test: TestService;
  readonly origin: Origin;
  readonly connection: string;
  readonly ports: Ports;
  /** Requests over TLS from the proxy. */
  ask(host: string, target: string, headers?: Record<string, string>): Promise<CardResponse>;
}

async function startBehindProxy(start: StartProxy): Promise<BehindProxy> {
  await using parts = new AsyncDisposableStack();
  const folder = parts.adopt(await mkdtemp(join(tmpdir(), 'ogplus-proxy-')), (path) => rm(path, { recursive: true }));
  const origin = parts.use(await startOrigin(page({ headers: { 'Cache-Control': 'max-age=600' } })));
  const ports = { http: await freePort(), https: await freePort(), service: await freePort() };
  const test = parts.use(
    await startTestService({
      OGPLUS_PORT: String(ports.service),
      OGPLUS_URL: `https://${site}`,
      OGPLUS_CONNECTION_DOMAIN: cardsDomain,
      OGPLUS_TRUSTED_PROXIES: '127.0.0.1',
      OGPLUS_CLIENT_RENDERS_PER_MINUTE: '4',
    }),
  );
  const website = await test.website(origin.url);
  parts.use(await start(folder, ports));
  const running = parts.move();
  return {
    test,
    origin,
    ports,
    connection: `${website.connection}.${cardsDomain}`,
    ask: (host, target, headers = {}) => askTls(ports.https, host, target, headers),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function askTls(port: number, host: string, path: string, headers: Record<string, string>): Promise<CardResponse> {
  return new Promise((resolve, reject) => {
    const req = request({
      host: '127.0.0.1',
      port,
      path,
      servername: host,
      headers: { host, ...headers },
      rejectUnauthorized: false, // the certificates are of this test
      agent: false,
    });
    req.on('error', reject);
    req.on('response', async (res) => {
      const chunks: Buffer[] = [];
      for await (const chunk of res) chunks.push(chunk);
      const fields = Object.entries(res.headers).map(([name, value]) => [name, value?.toString()]);
      resolve({ status: res.statusCode ?? 0, headers: Object.fromEntries(fields), body: Buffer.concat(chunks) });
    });
    req.end();
  });
}

/** Tests a proxy: what holds behind each of them, and `more`, which is about this one. */
export function describeProxy(name: string, start: StartProxy, more: (behind: () => BehindProxy) => void): void {
  describe(`behind ${name}`, () => {
    let started: BehindProxy | undefined;
    const behind = () => {
      if (started === undefined) throw new Error('The tests have not started.');
      return started;
    };
    before(async () => {
      started = await startBehindProxy(start);
    });
    after(() => started?.[Symbol.asyncDispose]());
    behavesBehindProxy(behind);
    more(behind);
  });
}

function behavesBehindProxy(behind: () => BehindProxy): void {
  it('passes page addresses on as they were written', async () => {
    const { ask, connection, origin } = behind();
    const target = '/posts/a%2Fb//c.%C3%A9?x=%20y&z';
    const card = await ask(connection, target);
    assert.equal(card.status, 200, card.body.toString());
    assert.match(card.headers['content-type'] ?? '', /^image\//);
    assert.equal(origin.heard.at(-1)?.target, target);
    const again = await ask(connection, target);
    assert.match(again.headers['cache-status'] ?? '', /^ogplus; hit/);
    const known = await ask(connection, target, { 'if-none-match': again.headers['etag'] ?? '' });
    assert.equal(known.status, 304);
  });

  it("shows the dashboard, and closes the service's metrics but not a page of that name", async () => {
    const { ask, connection } = behind();
    assert.match((await ask(site, '/')).headers['content-type'] ?? '', /^text\/html/);
    assert.equal((await ask(site, '/metrics')).status, 404);
    assert.equal((await ask(connection, '/metrics')).status, 200);
  });

  it('does not believe what a client says of its own address', async () => {
    const { ask, connection } = behind();
    const statuses: number[] = [];
    for (const n of [1, 2, 3]) {
      const claimed = { 'x-forwarded-for': `192.0.2.${n}`, forwarded: `for=192.0.2.${n}` };
      statuses.push((await ask(connection, `/flood/${n}`, claimed)).status);
    }
    assert.deepEqual(statuses, [200, 200, 429]); // the quota is four, and two cards were drawn before
  });

  it('leads to https', async () => {
    const { ports, connection } = behind();
    const res = await fetch(`http://127.0.0.1:${ports.http}/a%2Fb`, {
      headers: { host: connection },
      redirect: 'manual',
    });
    assert.ok([301, 308].includes(res.status), String(res.status));
  });
}
