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
 * Kysely on the connection that everything else uses, for what is asynchronous: one statement at a time, each whole
 * before anything else runs. Without transactions: one that is held over an `await` would swallow what others write.
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
        throw new Error('Rows of this database are not streamed.');
      },
    };
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {}

  async beginTransaction(): Promise<void> {
    throw new Error('A transaction must not wait for anything: use Database.transaction.');
  }

  async commitTransaction(): Promise<void> {}

  async rollbackTransaction(): Promise<void> {}

  /** The connection is the store's, and closed with it. */
  async destroy(): Promise<void> {}
}
