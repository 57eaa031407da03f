import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { logger } from '../../src/log.ts';
import { type Clock, epochMs } from '../../src/model/units.ts';
import type { Website } from '../../src/model/website.ts';
import { type Service, startService } from '../../src/service.ts';
import type { DnsRecords } from '../../src/websites/dns-records.ts';
import { newConnection, newPublicKey } from '../../src/websites/keys.ts';
import { parseOrigin } from '../../src/websites/parse.ts';

/** Time that stands still until a test moves it. */
export class MovedClock implements Clock {
  #now = Date.now();
  now() {
    return epochMs(this.#now);
  }
  move(seconds: number): void {
    this.#now += seconds * 1000;
  }
}

export interface CardResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface TestService extends AsyncDisposable {
  readonly service: Service;
  readonly clock: MovedClock;
  readonly dataDir: string;
  website(origin: string): Promise<Website>;
  /** Asks the website's connection address for a card; the target is sent as it stands. */
  card(website: Website, target: string, headers?: Record<string, string>, method?: string): Promise<CardResponse>;
  /** Asks the service's own host. */
  ask(target: string, headers?: Record<string, string>, method?: string): Promise<CardResponse>;
}

/** For tests of a service that draws nothing: no browser is started for them, and none is found where this says. */
export const withoutBrowser = { OGPLUS_BROWSER: 'ws://127.0.0.1:9' };

/** A whole service with a real store, browser and port, in a folder of its own. */
export async function startTestService(
  env: Record<string, string> = {},
  log: { write(line: string): void } = { write: () => {} },
  /** Without it, no name has any. */
  dns: DnsRecords = { cname: async () => [], txt: async () => [] },
): Promise<TestService> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ogplus-test-'));
  const clock = new MovedClock();
  const config = readConfig({
    OGPLUS_PORT: '0',
    OGPLUS_DATA_DIR: dataDir,
    OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8',
    OGPLUS_LOG_LEVEL: 'silent',
    // However busy the machine is, pages, drawings and renewals are waited for; a test that is about patience sets its own.
    OGPLUS_FETCH_TIMEOUT_MS: '120000',
    OGPLUS_RENDER_BUDGET_MS: '60000',
    OGPLUS_PATIENCE_MS: '120000',
    // Time stands still, so no quota comes back.
    OGPLUS_WEBSITE_RENDERS_PER_MINUTE: '100000',
    OGPLUS_CLIENT_RENDERS_PER_MINUTE: '100000',
    ...env,
  });
  const service = await startService(config, clock, logger(config, log), dns);

  const send = (host: string, target: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<CardResponse>((resolve, reject) => {
      const { hostname, port } = new URL(service.address);
      const req = httpRequest({ hostname, port, path: target, method, headers: { host, ...headers }, agent: false });
      req.on('error', reject);
      req.on('response', async (res) => {
        const chunks: Buffer[] = [];
        for await (const chunk of res) chunks.push(chunk);
        const fields = Object.entries(res.headers).map(([name, value]) => [name, value?.toString()]);
        resolve({ status: res.statusCode ?? 0, headers: Object.fromEntries(fields), body: Buffer.concat(chunks) });
      });
      req.end();
    });

  return {
    service,
    clock,
    dataDir,
    async website(origin) {
      const keys = { connection: newConnection(), publicKey: newPublicKey() };
      const made = await service.store.websites.create({
        origin: parseOrigin(origin),
        ...keys,
        createdAt: clock.now(),
      });
      if (made === undefined) throw new Error('The website is there already.');
      return made;
    },
    card: (website, target, headers, method) => send(`${website.connection}.localhost`, target, headers, method),
    ask: (target, headers, method) => send(new URL(service.address).host, target, headers, method),
    async [Symbol.asyncDispose]() {
      await service[Symbol.asyncDispose]();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Every file below a folder, with its bytes. */
export async function filesBelow(folder: string): Promise<Array<{ path: string; bytes: Buffer }>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(files.map(async (path) => ({ path, bytes: await readFile(path) })));
}
