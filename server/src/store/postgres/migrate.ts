import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
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
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => await stepsFor(db, steps) } });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
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

interface Tables {
  kysely_migration: { name: string };
  compatibility: { oldest: number };
}

/** Our steps, and those that a newer version has taken, which are nothing to do. */
async function stepsFor(db: Kysely<Tables>, steps: Readonly<Record<string, string>>) {
  const taken = await db.selectFrom('kysely_migration').select('name').execute();
  const newer = taken.filter(({ name }) => !Object.hasOwn(steps, name)).map(({ name }) => [name, ''] as const);
  const all = [...Object.entries(steps), ...newer];
  return Object.fromEntries(
    all.map(([name, text]) => [
      name,
      {
        up: (of: Kysely<unknown>) =>
          sql
            .raw(text)
            .execute(of)
            .then(() => {}),
      },
    ]),
  );
}
