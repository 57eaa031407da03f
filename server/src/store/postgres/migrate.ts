import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { type StepTables, takeSteps } from '../sql/take-steps.ts';
import { connectionOptions } from './connection/pool.ts';
import { migrations } from './migrations.ts';

// Another node that started first may be busy with it; building an index of millions of rows takes minutes.
const patienceMs = 15 * 60_000;

/**
 * Brings the tables up to date, whoever starts first, behind a lock of the database. A newer version's tables are left as
 * they are.
 * @param url the database's own address: the lock belongs to a session.
 * @throws {Error} with a readable message if the tables are of a version that this one cannot work with.
 */
export async function migrate(url: string, steps = migrations): Promise<void> {
  const pool = new pg.Pool({ ...connectionOptions(url), query_timeout: patienceMs, max: 2 });
  pool.on('error', () => {});
  const db = new Kysely<StepTables>({ dialect: new PostgresDialect({ pool }) });
  try {
    const taken = () => db.selectFrom('kysely_migration').select('name').execute();
    await takeSteps({
      db,
      steps,
      run: (text, of) => sql.raw(text).execute(of),
      taken: async () => (await taken()).map(({ name }) => name),
    });
    const { oldest } = await db.selectFrom('compatibility').select('oldest').executeTakeFirstOrThrow();
    if (oldest > Object.keys(steps).length) {
      throw new Error(
        'The database was made by a newer version of OpenGraph+, which this version cannot work with. Start that version.',
      );
    }
  } finally {
    await db.destroy();
  }
}
