import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Database } from '../database.ts';

/**
 * A Kysely dialect on the shared connection, for asynchronous callers: one statement at a time, each complete before
 * anything else runs. No transactions: one held across an `await` would include others' writes.
 */
export function dialectOf(db: Database): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new SharedDriver(db),
    createIntrospector: (kysely) => new SqliteIntrospector(kysely),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

class SharedDriver implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(db: Database) {
    this.#connection = {
      async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
        const { rows, changes } = db.execute<R>(sql, parameters);
        return { rows, numAffectedRows: BigInt(changes) };
      },
      streamQuery() {
        throw new Error('This database does not stream rows.');
      },
    };
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {}

  async beginTransaction(): Promise<void> {
    throw new Error('A transaction must not await: use Database.transaction.');
  }

  async commitTransaction(): Promise<void> {}

  async rollbackTransaction(): Promise<void> {}

  /** The store owns the connection and closes it. */
  async destroy(): Promise<void> {}
}
