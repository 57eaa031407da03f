import pg from 'pg';
import { isAboutCertificate } from '../certificate-faults.ts';
import type { DatabaseAddress } from './connection/address.ts';
import { sqlState } from './connection/faults.ts';
import { connectionOptions } from './connection/pool.ts';

const oldestVersion = 15;
const mostClockErrorMs = 1000;
// A notification arrives within a millisecond.
const notificationMs = 3000;

const own = 'OGPLUS_DATABASE_URL';
const direct = 'OGPLUS_DATABASE_DIRECT_URL';

/**
 * Whether the service can work with the database: address, version, clock, rights, extension, listening.
 * @param machineNow the machine's time, milliseconds since the epoch.
 * @throws {Error} with one line that names the setting, what is wrong and how to mend it.
 */
export async function checkDatabase({ url, directUrl }: DatabaseAddress, machineNow: () => number): Promise<void> {
  const client = await connected(directUrl ?? url, directUrl === undefined ? own : direct);
  try {
    await checkServer(client, machineNow);
    await checkRights(client);
    if (directUrl === undefined) return await checkListening(client, url);
    const pooled = await connected(url, own);
    try {
      await checkServer(pooled, machineNow);
    } finally {
      await pooled.end();
    }
    await checkListening(client, url);
  } catch (error) {
    throw error instanceof StartError ? error : new StartError(own, sentence(error));
  } finally {
    await client.end();
  }
}

class StartError extends Error {
  constructor(setting: string, sentence: string) {
    super(`${setting}: ${sentence}`);
  }
}

async function connected(url: string, setting: string): Promise<pg.Client> {
  const client = new pg.Client(connectionOptions(url));
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw new StartError(setting, connectionSentence(error, client));
  }
}

function connectionSentence(error: unknown, { host, port, user, database }: pg.Client): string {
  const place = `${host}:${port}`;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const said = error instanceof Error ? error.message : String(error);
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `There is no host ${host}. Correct the host name.`;
    case 'ECONNREFUSED':
    case 'ENOENT':
      return `Nothing listens at ${place}. Start Postgres there, or correct the host and port.`;
    case '28P01':
      return `The server at ${place} refuses the user ${user}: wrong user or password. Correct them.`;
    case '28000':
      return `The server at ${place} does not let the user ${user} in (${said}). Create the user, or allow it in pg_hba.conf.`;
    case '3D000':
      return `There is no database ${database} at ${place}. Create it: createdb --owner=${user} ${database}`;
    case '42501':
      return `The user ${user} may not connect to the database ${database}. Allow it: GRANT CONNECT ON DATABASE ${database} TO ${user}`;
    case '53300':
      return `The server at ${place} has no connection left. Raise its max_connections, or put a pooler in front of it.`;
    case '57P03':
      return `The server at ${place} is starting or stopping. Start again when it is ready.`;
  }
  if (isAboutCertificate(error))
    return code === 'ERR_TLS_CERT_ALTNAME_INVALID'
      ? `The certificate of ${place} is for another host. Use the host name of its certificate in the address.`
      : `The certificate of ${place} is not accepted (${code}). Name the certificate of its authority in the address: &sslrootcert=/path/to/ca.pem`;
  if (/not support SSL/.test(said))
    return `The server at ${place} does not encrypt. Turn on ssl in postgresql.conf, or take sslmode out of the address.`;
  if (/timeout/i.test(said))
    return `${place} does not answer. Correct the host and port, or let this machine through the firewall.`;
  return `No connection to ${place}: ${said}. Is it Postgres? Correct the host and port.`;
}

async function checkServer(client: pg.Client, machineNow: () => number): Promise<void> {
  const before = machineNow();
  const { rows } = await client.query<Server>(`SELECT current_setting('server_version_num')::integer AS version,
    current_setting('server_version') AS named, current_setting('server_encoding') AS encoding,
    (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now,
    pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on' AS read_only`);
  const after = machineNow();
  const [server] = rows;
  if (server === undefined) throw new Error('The server answers nothing.');
  if (server.version < oldestVersion * 10_000)
    throw new StartError(own, `The server is Postgres ${server.named}. Upgrade it to ${oldestVersion} or newer.`);
  if (server.encoding !== 'UTF8')
    throw new StartError(own, `The database has the encoding ${server.encoding}. Create it with ENCODING 'UTF8'.`);
  if (server.read_only)
    throw new StartError(own, 'The database is read-only, as a standby is. Give the address of the primary.');
  const off = server.now < before ? server.now - before : Math.max(0, server.now - after);
  if (Math.abs(off) > mostClockErrorMs) {
    const seconds = (Math.abs(off) / 1000).toFixed(1);
    const which = off > 0 ? 'behind' : 'ahead of';
    throw new StartError(
      own,
      `This machine's clock is ${seconds} s ${which} the database's. Set both by NTP: at most 1 s is allowed.`,
    );
  }
}

interface Server {
  readonly version: number;
  readonly named: string;
  readonly encoding: string;
  readonly now: number;
  readonly read_only: boolean;
}

async function checkRights(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ schema: string | null; may: boolean | null; extension: boolean }>(
    `SELECT current_schema() AS schema, has_schema_privilege(current_schema(), 'CREATE') AS may,
      EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') AS extension`,
  );
  const { schema = null, may = false, extension = false } = rows[0] ?? {};
  const { user, database } = client;
  if (schema === null)
    throw new StartError(own, `The user ${user} has no schema. Create one: CREATE SCHEMA public AUTHORIZATION ${user}`);
  if (!may)
    throw new StartError(
      own,
      `The user ${user} may not create tables. Allow it in the database ${database}: GRANT CREATE ON SCHEMA ${schema} TO ${user}`,
    );
  if (extension) return;
  try {
    await client.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
  } catch (error) {
    const state = sqlState(error);
    if (state === '23505' || state === '42710') return; // another node created it at the same moment
    throw new StartError(
      own,
      state === '42501'
        ? `The user ${user} may not create the extension pg_trgm. Create it as a superuser in the database ${database}: CREATE EXTENSION pg_trgm`
        : 'The server lacks the extension pg_trgm. Install it: on Debian the package postgresql-contrib.',
    );
  }
}

/** A notification must arrive: a pooler passes none on. It also shows that both addresses lead to one database. */
async function checkListening(client: pg.Client, url: string): Promise<void> {
  const word = `ogplus_check_${Math.random().toString(36).slice(2)}`;
  const heard = new Promise<boolean>((resolve) => {
    const late = setTimeout(() => resolve(false), notificationMs);
    client.once('notification', () => {
      clearTimeout(late);
      resolve(true);
    });
  });
  await client.query(`LISTEN ${word}`);
  const sender = await connected(url, own);
  try {
    await sender.query(`NOTIFY ${word}`);
  } finally {
    await sender.end();
  }
  if (await heard) return await client.query(`UNLISTEN ${word}`).then(() => {});
  throw new StartError(
    direct,
    `Notifications do not arrive: a pooler stands between, or ${own} leads to another database. Set ${direct} to the own address of the same database.`,
  );
}

function sentence(error: unknown): string {
  return error instanceof Error ? `The database answers: ${error.message}.` : String(error);
}
