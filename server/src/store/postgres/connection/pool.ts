import pg from 'pg';
import type { DatabaseAddress } from './address.ts';
import { types } from './types.ts';

// A node draws as many pages at once as it has cores, and each statement takes about a millisecond.
export const defaultConnections = 10;
// A connection of the same network is there in milliseconds.
const connectMs = 3000;
// For a connection of the pool, which others may use: as long as a statement takes. A database that is away is noticed
// sooner, and nobody waits any longer (`Database.isAway`).
const queueMs = 10_000;
// Longer than any statement on the way of a card takes; a database that hangs is noticed sooner (`Outage`).
export const statementMs = 5000;
// A pooler or a failover may leave a connection at the wrong server: none lives for longer.
const longestLifeSeconds = 30 * 60;
const idleMs = 60_000;

/** Settings of every connection. No session state: a pooler may give each transaction another session. */
export function connectionOptions(url: string): pg.ClientConfig {
  return {
    connectionString: withExactSslMode(url),
    types,
    connectionTimeoutMillis: connectMs,
    query_timeout: statementMs,
    keepAlive: true,
    application_name: 'ogplus',
  };
}

/**
 * What `pg` makes of `require`, `prefer` and `verify-ca` today is `verify-full`: said so, it needs no warning, and a later
 * version of `pg`, which checks less for them, changes nothing.
 */
function withExactSslMode(url: string): string {
  if (/[?&]uselibpqcompat=true(&|$)/.test(url)) return url;
  return url.replace(/([?&]sslmode=)(?:require|prefer|verify-ca)(?=&|$)/, '$1verify-full');
}

export function createPool({ url }: DatabaseAddress, max: number): pg.Pool {
  const pool = new pg.Pool({
    ...connectionOptions(url),
    pipeline: true,
    max,
    connectionTimeoutMillis: queueMs,
    idleTimeoutMillis: idleMs,
    maxLifetimeSeconds: longestLifeSeconds,
  });
  // An idle connection that breaks is dropped from the pool; the next statement opens another.
  pool.on('error', () => {});
  // One in use that breaks fails its statement; the event says the same once more.
  pool.on('connect', (client) => void client.on('error', () => {}));
  return pool;
}
