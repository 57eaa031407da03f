import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';

/**
 * What changed the tables of a database, by name and in the order of the names. Never change one that was released. While
 * a new version is rolled out, processes of the version before go on working with the tables after its steps: a step adds,
 * and the next version removes. One that cannot do without raises `compatibility.oldest` to its own number.
 */
export type Steps = Readonly<Record<string, string>>;

/** The tables that say which steps were taken. */
export interface StepTables {
  kysely_migration: { name: string };
  /** One row: the least number of steps that a version must know to work with the tables. */
  compatibility: { oldest: number };
}

export interface StepsOptions {
  readonly db: Kysely<StepTables>;
  readonly steps: Steps;
  /** Runs the text of a step, some statements. */
  readonly run: (text: string, db: Kysely<unknown>) => Promise<unknown>;
  /** Reads the names of the steps that were taken, under the lock, not over the migrator's own connection. */
  readonly taken: () => Promise<readonly string[]>;
}

/** Takes the steps that were not taken. Those that a newer version has taken are left as they are. */
export async function takeSteps({ db, steps, run, taken }: StepsOptions): Promise<void> {
  const getMigrations = async () => {
    const newer = (await taken()).filter((name) => !Object.hasOwn(steps, name)).map((name) => [name, ''] as const);
    const all = [...Object.entries(steps), ...newer];
    return Object.fromEntries(
      all.map(([name, text]) => [name, { up: (of: Kysely<unknown>) => run(text, of).then(() => {}) }]),
    );
  };
  const { error } = await new Migrator({ db, provider: { getMigrations } }).migrateToLatest();
  if (error !== undefined) throw error;
}
