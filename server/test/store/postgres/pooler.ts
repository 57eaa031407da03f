/**
 * The contract of the store through a real PgBouncer in transaction mode, and what the start says of a pooler without a
 * direct address. PgBouncer is a package of the system, so this is no part of `npm test`: `npm run test:pooler`.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import pg from 'pg';
import { checkDatabase } from '../../../src/store/postgres/start-checks.ts';
import { endWithTests } from '../../harness/child-processes.ts';
import { freePort } from '../../harness/free-port.ts';
import { startPostgres, unprivileged } from '../../harness/postgres.ts';
import { until } from '../../harness/until.ts';
import { storeContract } from '../contract.ts';
import { databaseWithTables, openerOf } from './harness.ts';

const server = await startPostgres();
const database = await databaseWithTables(server);
const folder = await mkdtemp(join(tmpdir(), 'ogplus-pooler-'));
const port = await freePort();
const url = `postgres://postgres@127.0.0.1:${port}/${database}`;
const pooler = await startPooler();
after(async () => {
  pooler.kill('SIGKILL');
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

describe('a pooler without a direct address', () => {
  it('stops the start with one line', async () => {
    await assert.rejects(
      checkDatabase({ url }, () => Date.now()),
      {
        message:
          /^OGPLUS_DATABASE_DIRECT_URL: Notifications do not arrive: a pooler stands between.*Set OGPLUS_DATABASE_DIRECT_URL/,
      },
    );
    await checkDatabase({ url, directUrl: server.url(database) }, () => Date.now());
  });
});

storeContract(
  'the store behind PgBouncer',
  openerOf(server, database, { address: { url, directUrl: server.url(database) } }),
);

async function startPooler(): Promise<ChildProcess> {
  const settings = join(folder, 'pgbouncer.ini');
  // Two connections for all: each transaction gets another one.
  await writeFile(
    settings,
    `[databases]
* = host=127.0.0.1 port=${server.port} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 2
server_round_robin = 1
max_client_conn = 500
`,
  );
  await chmod(folder, 0o755);
  const asUser = process.getuid?.() === 0 ? { uid: unprivileged, gid: unprivileged } : {};
  const child = endWithTests(spawn('pgbouncer', [settings], { ...asUser, stdio: ['ignore', 'ignore', 'pipe'] }));
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-5000);
  });
  child.on('error', (error) => {
    throw new Error(`PgBouncer is needed, on Debian the package pgbouncer: ${error.message}`);
  });
  await until('the pooler answers', async () => {
    if (child.exitCode !== null) throw new Error(`PgBouncer did not start: ${said}`);
    const client = new pg.Client(url);
    return client.connect().then(
      () => client.end().then(() => true),
      () => false,
    );
  });
  return child;
}
