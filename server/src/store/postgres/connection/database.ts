import type { Duplex } from 'node:stream';
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

/** A statement on the way of a card: parsed and planned once for each connection, where no pooler stands between. */
export interface Prepared<T> {
  /** Belongs to this text alone. */
  readonly name: string;
  readonly query: Compilable<T> | RawBuilder<T>;
}

type Query<T> = Compilable<T> | RawBuilder<T> | Prepared<T>;

interface Statement extends pg.QueryConfig {
  /** Milliseconds; `statementMs` by default. */
  readonly query_timeout?: number;
}

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
    const statement = this.#statement(query);
    return (await this.#lent((client) => answered<T>(client, statement))).rows;
  }

  async first<T>(query: Query<T>): Promise<T | undefined> {
    return (await this.all(query)).at(0);
  }

  async run(query: Query<unknown>): Promise<number> {
    const statement = this.#statement(query);
    return (await this.#lent((client) => answered(client, statement))).rowCount ?? 0;
  }

  /** Runs SQL from elsewhere. */
  execute<R extends pg.QueryResultRow>(sql: string, parameters: readonly unknown[]): Promise<pg.QueryResult<R>> {
    return this.#lent((client) => answered<R>(client, statementOf(sql, parameters)));
  }

  /** Rows of two queries, in one round trip: the second sees what the first has written. */
  async pipelined<A, B>(first: Query<A>, second: Query<B>): Promise<[A[], B[]]> {
    const statements = [this.#statement(first), this.#statement(second)];
    const [a, b] = await this.#lent((client) => pipeline(client, statements));
    return [a?.rows as A[], b?.rows as B[]];
  }

  /** Rows of a query in a transaction of its own, as `transaction`, in one round trip. */
  async pipelinedTransaction<T>(query: Query<T>, options: TransactionOptions = {}): Promise<T[]> {
    const statements = [{ text: begin(options) }, this.#statement(query), { text: 'COMMIT' }];
    const [, answer] = await this.#repeated(() => this.#lent((client) => pipeline(client, statements)));
    return answer?.rows as T[];
  }

  /**
   * All or nothing. Repeated where the database says that it collided with another, so the work changes nothing outside
   * the database.
   */
  async transaction<T>(work: (statements: Statements) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    return this.#repeated(() => this.#lent((client) => inTransaction(client, work, options)));
  }

  async #repeated<T>(attempted: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await attempted();
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

  #statement(query: Query<unknown>): pg.QueryConfig {
    // A prepared statement belongs to a session, and a pooler may give the next one another.
    return compiled(query, this.#address.directUrl === undefined);
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
  options: TransactionOptions,
): Promise<T> {
  await client.query(begin(options));
  try {
    const result = await work(statementsOf(client, options.timeoutMs));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    if (!breaksConnection(error)) await client.query('ROLLBACK');
    throw error;
  }
}

function begin({ timeoutMs = statementMs, first = '' }: TransactionOptions): string {
  // For this transaction alone, so that it holds behind a pooler too.
  const limits = `SET LOCAL statement_timeout = ${timeoutMs}; SET LOCAL idle_in_transaction_session_timeout = ${timeoutMs}`;
  return `BEGIN; ${limits}; ${first}`;
}

/**
 * Sends all statements without waiting for an answer. Rejects with the error of the first that fails; those after it have
 * run, unless they were in the same transaction, whose COMMIT then rolls it back.
 */
async function pipeline(client: pg.ClientBase, statements: readonly pg.QueryConfig[]): Promise<pg.QueryResult[]> {
  const stream = streamOf(client);
  stream.cork();
  const sent = statements.map((statement) => client.query(statement));
  stream.uncork();
  await Promise.allSettled(sent);
  return Promise.all(sent);
}

/** Statements over one connection, which reject with the errors of `pg`. */
export function statementsOf(client: pg.ClientBase, timeoutMs = statementMs): Statements {
  const ask = async <T>(asked: Query<T>) =>
    answered<T>(client, { ...compiled(asked, false), query_timeout: timeoutMs });
  return {
    all: async (query) => (await ask(query)).rows,
    first: async (query) => (await ask(query)).rows.at(0),
    run: async (query) => (await ask(query)).rowCount ?? 0,
  };
}

function compiled(asked: Query<unknown>, mayPrepare: boolean): pg.QueryConfig {
  if ('name' in asked) return { ...compiled(asked.query, mayPrepare), ...(mayPrepare && { name: asked.name }) };
  const { sql, parameters } = 'isRawBuilder' in asked ? asked.compile(query) : asked.compile();
  return statementOf(sql, parameters);
}

function statementOf(text: string, parameters: readonly unknown[]): pg.QueryConfig {
  refuseNul(parameters);
  return { text, values: [...parameters] };
}

/** Kysely's type, or the one beside the SQL, describes the columns. */
function answered<T>(client: pg.ClientBase, statement: Statement): Promise<pg.QueryResult<pg.QueryResultRow & T>> {
  return client.query(statement);
}

/** Whatever the connection waits for fails now. */
function cut(client: pg.ClientBase): void {
  streamOf(client).destroy();
}

/** The socket, which `pg` does not show in its types. */
function streamOf(client: pg.ClientBase): Duplex {
  return (client as unknown as { connection: { stream: Duplex } }).connection.stream;
}
