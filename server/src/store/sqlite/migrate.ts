import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { StatementDriver } from '../sql/statement-driver.ts';
import { type Steps, type StepTables, takeSteps } from '../sql/take-steps.ts';
import { countedSteps, migrations } from './migrations.ts';

// "OGP+", the application id of our SQLite files (sqlite.org/fileformat.html, section 1.3.16).
const applicationId = 0x4f47502b;
// Another process may be busy with it; building an index of millions of rows takes minutes.
const patienceMs = 15 * 60_000;
const lookAgainMs = 20;

/** Before anything is written: the file may belong to another program. @throws {Error} with a readable message. */
export function refuseOthers(file: DatabaseSync, path: string, steps: Steps = migrations): void {
  const counted = pragma(file, 'user_version');
  if (!isOurs(file, counted)) {
    throw new Error(
      `The database ${path} belongs to another program. Move it away, or set OGPLUS_DATA_DIR to another folder.`,
    );
  }
  if (counted > countedSteps || oldestOf(file) > Object.keys(steps).length) {
    throw new Error(`The database ${path} was made by a newer version of OpenGraph+. Start that version.`);
  }
}

/**
 * Brings the tables up to date, whoever starts first, under SQLite's write lock: all steps or none. A newer version's
 * tables are left as they are. Nothing else may use the connection meanwhile.
 * @throws {Error} as `refuseOthers`.
 */
export async function migrate(file: DatabaseSync, path: string, steps: Steps = migrations): Promise<void> {
  const taken = new Set(takenSteps(file));
  if (Object.keys(steps).every((name) => taken.has(name))) return refuseOthers(file, path, steps);
  await lock(file);
  try {
    refuseOthers(file, path, steps); // another process may have just created it
    const db = new Kysely<StepTables>({ dialect: dialectOf(file) });
    await takeSteps({ db, steps, run: async (text) => file.exec(text), taken: async () => nameCounted(file, steps) });
    // Versions from before the migrator find what they count, and go on working.
    file.exec(`PRAGMA user_version = ${countedSteps}; PRAGMA application_id = ${applicationId}`);
    file.exec('COMMIT');
  } catch (error) {
    if (file.isTransaction) file.exec('ROLLBACK');
    throw error;
  }
}

/** Begins a transaction. Waits without holding up this process, which may be the one that has the lock. */
async function lock(file: DatabaseSync): Promise<void> {
  const patience = pragma(file, 'busy_timeout');
  file.exec('PRAGMA busy_timeout = 0');
  try {
    for (const end = performance.now() + patienceMs; ; await pause(lookAgainMs)) {
      try {
        return file.exec('BEGIN IMMEDIATE');
      } catch (error) {
        const isBusy = error instanceof Error && /locked|busy/.test(error.message);
        if (!isBusy || performance.now() > end) throw error;
      }
    }
  } finally {
    file.exec(`PRAGMA busy_timeout = ${patience}`);
  }
}

/** The steps that were taken. Notes the names of those that a version before the migrator took. */
function nameCounted(file: DatabaseSync, steps: Steps): string[] {
  if (takenSteps(file).length === 0) {
    const insert = file.prepare('INSERT INTO kysely_migration (name, timestamp) VALUES (?, ?)');
    const now = new Date().toISOString();
    for (const name of Object.keys(steps).slice(0, pragma(file, 'user_version'))) insert.run(name, now);
  }
  return takenSteps(file);
}

function dialectOf(file: DatabaseSync) {
  const execute = async (text: string, parameters: readonly unknown[]) => {
    const statement = file.prepare(text);
    const values = parameters as string[];
    if (statement.columns().length > 0) return { rows: statement.all(...values), changes: 0 };
    return { rows: [], changes: Number(statement.run(...values).changes) };
  };
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new StatementDriver(execute),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

function takenSteps(file: DatabaseSync): string[] {
  if (!tablesOf(file).has('kysely_migration')) return [];
  const rows = file.prepare('SELECT name FROM kysely_migration').all();
  return rows.map(({ name }) => String(name));
}

function oldestOf(file: DatabaseSync): number {
  if (!tablesOf(file).has('compatibility')) return 0;
  return Number(file.prepare('SELECT oldest FROM compatibility').get()?.['oldest'] ?? 0);
}

/** A new file, one with our application id, or one of ours from before there was an id. */
function isOurs(file: DatabaseSync, counted: number): boolean {
  const id = pragma(file, 'application_id');
  if (id !== 0) return id === applicationId;
  const names = tablesOf(file);
  return counted === 0 ? names.size === 0 : ['websites', 'pages', 'cards', 'changes'].every((name) => names.has(name));
}

function tablesOf(file: DatabaseSync): Set<string> {
  const tables = file.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  return new Set(tables.map(({ name }) => String(name)));
}

function pragma(file: DatabaseSync, name: 'user_version' | 'application_id' | 'busy_timeout'): number {
  return Number(Object.values(file.prepare(`PRAGMA ${name}`).get() ?? {})[0] ?? 0);
}
