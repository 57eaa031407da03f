import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Agent, request } from 'undici';
import { startPostgres } from '../../server/test/harness/postgres.ts';
import { cpuOf, cpuOfTree } from '../cpu-of-tree.ts';
import { pathOf, startUntil } from '../processes.ts';

const settings = {
  OGPLUS_PORT: '0',
  OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8',
  OGPLUS_LOG_LEVEL: 'warn',
  OGPLUS_RENDERERS: '1',
  OGPLUS_WEBSITE_RENDERS_PER_MINUTE: '1000000',
  OGPLUS_CLIENT_RENDERS_PER_MINUTE: '1000000',
};

export interface Website {
  readonly id: number;
  readonly publicKey: string;
  readonly apiKey: string;
}

/** Where services keep what they have: SQLite and files, or Postgres and S3. */
export interface Place extends AsyncDisposable {
  /** Settings of one more service; its data folder is new, unless it is the number of an earlier one. */
  env(number?: number): Record<string, string>;
  makeWebsite(origin: string): Promise<Website>;
  /** CPU time of the database and of the bucket, milliseconds. */
  cpu(): { readonly database: number; readonly bucket: number };
}

function folders() {
  const root = mkdtempSync(join(tmpdir(), 'ogplus-bench-nodes-'));
  let made = 0;
  return {
    of(number = made) {
      made = Math.max(made, number + 1);
      const folder = join(root, String(number));
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return folder;
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

async function makeWebsite(origin: string, env: Record<string, string>): Promise<Website> {
  const args = [pathOf('../server/src/main.ts'), 'site', 'create', origin, '--json'];
  mkdirSync(join(env['OGPLUS_DATA_DIR'] ?? '', 'pictures'), { recursive: true });
  const made = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...env } });
  return JSON.parse(made.stdout);
}

/** SQLite and files: one service. */
export function onOneMachine(): Place {
  const parts = new AsyncDisposableStack();
  const folder = parts.use(folders());
  const env = () => ({ ...settings, OGPLUS_DATA_DIR: folder.of(0) });
  return {
    env,
    makeWebsite: (origin) => makeWebsite(origin, env()),
    cpu: () => ({ database: 0, bucket: 0 }),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

/** Postgres and S3 on loopback. @param urlBy changes the database's address, as a way that counts does. */
export async function onPostgresAndS3(urlBy: (url: string, port: number) => string = (url) => url): Promise<Place> {
  await using parts = new AsyncDisposableStack();
  const folder = parts.use(folders());
  const postgres = parts.use(await startPostgres());
  const database = await postgres.createDatabase();
  const s3 = parts.use(await startUntil(process.execPath, [pathOf('nodes/s3.ts')], {}, /^(\{.*\})\n/));
  const { url, bucket, keys } = JSON.parse(s3.match[1] ?? '');
  const shared = {
    ...settings,
    OGPLUS_DATABASE_URL: urlBy(postgres.url(database), postgres.port),
    OGPLUS_DATABASE_DIRECT_URL: postgres.url(database),
    OGPLUS_STORAGE_URL: `s3://${bucket}/og`,
    OGPLUS_S3_ENDPOINT: url,
    OGPLUS_MASTER_KEY: randomBytes(32).toString('base64url'),
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    AWS_REGION: keys.region,
  };
  const env = (number?: number) => ({ ...shared, OGPLUS_DATA_DIR: folder.of(number) });
  const running = parts.move();
  return {
    env,
    makeWebsite: (origin) => makeWebsite(origin, env()),
    cpu: () => ({ database: cpuOfTree(postgres.pid), bucket: cpuOfTree(s3.child.pid ?? 0) }),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** A running service, and what asks it. */
export interface Running extends AsyncDisposable {
  readonly address: string;
  /** CPU time of its process and of its browsers, milliseconds. */
  cpu(): { readonly node: number; readonly browsers: number };
  card(website: Website, path: string, headers?: Record<string, string>): Promise<number>;
  purge(website: Website): Promise<void>;
  renders(): Promise<number>;
}

export async function startService(env: Record<string, string>): Promise<Running> {
  const main = pathOf('../server/src/main.ts');
  const service = await startUntil(process.execPath, [main, 'serve'], env, /ready at (\S+)/);
  const agent = new Agent({ pipelining: 1, connections: 1000 });
  const address = service.match[1] ?? '';
  const ask = async (path: string, options: { method?: 'POST'; headers?: Record<string, string>; body?: string }) => {
    const { statusCode, body } = await request(address + path, { dispatcher: agent, method: 'GET', ...options });
    const bytes = Buffer.from(await body.arrayBuffer());
    if (statusCode >= 400) throw new Error(`${path} answers ${statusCode}: ${bytes.toString().slice(0, 300)}`);
    return { statusCode, bytes };
  };
  return {
    address,
    cpu() {
      const { pid = 0 } = service.child;
      const node = cpuOf(pid);
      return { node, browsers: cpuOfTree(pid) - node };
    },
    async card({ publicKey }, path, headers = {}) {
      return (await ask(`/api/websites/v1/domain/${publicKey}/image${path}`, { headers })).statusCode;
    },
    async purge({ id, apiKey }) {
      const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ kind: 'page', target: '/kept/purged' });
      await ask(`/api/v1/websites/${id}/purges`, { method: 'POST', headers, body });
    },
    async renders() {
      return Number(/^ogplus_renders_total (\d+)$/m.exec((await ask('/metrics', {})).bytes.toString())?.[1]);
    },
    async [Symbol.asyncDispose]() {
      await agent.destroy();
      await service[Symbol.asyncDispose]();
    },
  };
}
