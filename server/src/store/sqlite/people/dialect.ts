import { type Dialect, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { StatementDriver } from '../../sql/statement-driver.ts';
import type { Database } from '../database.ts';

/**
 * A Kysely dialect on the shared connection, for asynchronous callers: one statement at a time, each complete before
 * anything else runs. No transactions: one held across an `await` would include others' writes.
 */
export function dialectOf(db: Database): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new StatementDriver(async (sql, parameters) => db.execute<unknown>(sql, parameters)),
    createIntrospector: (kysely) => new SqliteIntrospector(kysely),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}
