import {
  type Compilable,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely';
import type pg from 'pg';
import { StoreUnreachable } from '../../../model/store-unreachable.ts';
import type { Schema } from '../schema.ts';
import type { DatabaseAddress } from './address.ts';
import { asStoreFault, breaksConnection, refuseNul, sqlState } from './faults.ts';
import { createPool, statementMs } from './pool.ts';

/** Builds queries; never runs them. */
export const query = new Kysely<Schema>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

type Query<T> = Compilable<T> | RawBuilder<T>;

/** Runs statements: each by itself, or all of them in one transaction. */
export interface Statements {
  /** Rows of a query. */
  all<T>(query: Query<T>): Promise<T[]>;
  first<T>(query: Query<T>): Promise<T | undefined>;
  /** Returns how many rows changed. */
  run(query: Query<unknown>): Promise<number>;
}

// Two nodes that write the same pages at once; the second attempt finds the other done.
const mostAttempts = 4;
const mayBeRepeated = new Set(['40001', '40P01']);

export interface TransactionOptions {
  /** Work in the background may take longer than what a card waits for. */
  readonly timeoutMs?: number;
  /** Statements for the same round trip as `BEGIN`; no parameters. */
  readonly first?: string;
}

/** A pool of connections to one database. Rejects with `StoreUnreachable` if it cannot be read or written. */
export class Database implements Statements {
  readonly #address: DatabaseAddress;
  readonly #connections: number;
  readonly #busy = new Set<pg.PoolClient>();
  /** What wait for a connection, to be given up. */
  readonly #waiting = new Set<() => void>();
  #pool: pg.Pool;
  #away = false;
  #closed = false;

  constructor(address: DatabaseAddress, connections: number) {
    this.#address = address;
    this.#connections = connections;
    this.#pool = createPool(address, connections);
  }

  async all<T>(query: Query<T>): Promise<T[]> {
    return (await this.#lent((client) => ask<T>(client, query))).rows;
  }

  async first<T>(query: Query<T>): Promise<T | undefined> {
    return (await this.all(query)).at(0);
  }

  async run(query: Query<unknown>): Promise<number> {
    return (await this.#lent((client) => ask(client, query))).rowCount ?? 0;
  }

  /** Runs SQL from elsewhere. */
  execute<R extends pg.QueryResultRow>(sql: string, parameters: readonly unknown[]): Promise<pg.QueryResult<R>> {
    return this.#lent((client) => answered<R>(client, sql, parameters));
  }

  /**
   * All or nothing. Repeated where the database says that it collided with another, so the work changes nothing outside
   * the database.
   */
  async transaction<T>(work: (statements: Statements) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#lent((client) => inTransaction(client, work, options));
      } catch (error) {
        const state = error instanceof StoreUnreachable ? sqlState(error.cause) : undefined;
        if (attempt === mostAttempts || state === undefined || !mayBeRepeated.has(state)) throw error;
      }
    }
  }

  /**
   * The database does not answer, or is no longer the one that takes writes: what waits is given up, and nothing is asked
   * until `isBack`.
   */
  isAway(): void {
    if (this.#away || this.#closed) return;
    this.#away = true;
    const old = this.#pool;
    this.#pool = createPool(this.#address, this.#connections);
    for (const giveUp of this.#waiting) giveUp();
    for (const client of this.#busy) cut(client);
    old.end().catch(() => {}); // its connections are cut
  }

  isBack(): void {
    this.#away = false;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#pool.end();
  }

  async #lent<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    if (this.#closed) throw new StoreUnreachable('closed');
    if (this.#away) throw new StoreUnreachable('failed');
    let broken = false;
    const client = await this.#connect();
    this.#busy.add(client);
    try {
      return await work(client);
    } catch (error) {
      broken = breaksConnection(error);
      throw asStoreFault(error);
    } finally {
      this.#busy.delete(client);
      client.release(broken);
    }
  }

  /** A connection of the pool, unless the database is found to be away first. */
  async #connect(): Promise<pg.PoolClient> {
    const { promise: away, reject } = Promise.withResolvers<never>();
    const giveUp = () => reject(new StoreUnreachable('failed'));
    this.#waiting.add(giveUp);
    const connecting = this.#pool.connect();
    try {
      return await Promise.race([connecting, away]);
    } catch (error) {
      connecting.then((client) => client.release(true)).catch(() => {}); // nobody waits for it any more
      throw asStoreFault(error);
    } finally {
      this.#waiting.delete(giveUp);
    }
  }
}

async function inTransaction<T>(
  client: pg.ClientBase,
  work: (statements: Statements) => Promise<T>,
  { timeoutMs = statementMs, first = '' }: TransactionOptions,
): Promise<T> {
  // For this transaction alone, so that it holds behind a pooler too.
  const limits = `SET LOCAL statement_timeout = ${timeoutMs}; SET LOCAL idle_in_transaction_session_timeout = ${timeoutMs}`;
  await client.query(`BEGIN; ${limits}; ${first}`);
  try {
    const result = await work(statementsOf(client, timeoutMs));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    if (!breaksConnection(error)) await client.query('ROLLBACK');
    throw error;
  }
}

/** Statements over one connection, which reject with the errors of `pg`. */
export function statementsOf(client: pg.ClientBase, timeoutMs = statementMs): Statements {
  return {
    all: async (query) => (await ask(client, query, timeoutMs)).rows,
    first: async (query) => (await ask(client, query, timeoutMs)).rows.at(0),
    run: async (query) => (await ask(client, query, timeoutMs)).rowCount ?? 0,
  };
}

function ask<T>(client: pg.ClientBase, asked: Query<T>, timeoutMs?: number) {
  const { sql, parameters } = 'isRawBuilder' in asked ? asked.compile(query) : asked.compile();
  // Kysely's type, or the one beside the SQL, describes the columns.
  return answered<pg.QueryResultRow & T>(client, sql, parameters, timeoutMs);
}

async function answered<R extends pg.QueryResultRow>(
  client: pg.ClientBase,
  sql: string,
  parameters: readonly unknown[],
  timeoutMs?: number,
): Promise<pg.QueryResult<R>> {
  refuseNul(parameters);
  const values = [...parameters];
  // Without a name: a prepared statement belongs to a session, and a pooler may give the next one another.
  return client.query<R>({ text: sql, values, ...(timeoutMs !== undefined && { query_timeout: timeoutMs }) });
}

/** Whatever the connection waits for fails now. */
function cut(client: pg.ClientBase): void {
  if ('connection' in client) {
    const { connection } = client as unknown as { connection: { stream: { destroy(): void } } };
    connection.stream.destroy();
  }
}
