import { type Dialect, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { StatementDriver } from '../../sql/statement-driver.ts';
import type { Database } from '../connection/database.ts';

/** A Kysely dialect on the store's pool: single statements, as in SQLite, so that errors and outages are the same. */
export function dialectOf(db: Database): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () =>
      new StatementDriver(async (sql, parameters) => {
        const { rows, rowCount } = await db.execute<Record<string, unknown>>(sql, parameters);
        return { rows, changes: rowCount ?? 0 };
      }),
    createIntrospector: (kysely) => new PostgresIntrospector(kysely),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}
