import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { type Compilable, DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { migrations } from './migrations.ts';
import type { Schema } from './schema.ts';

// Queries are few and fixed; this bounds what a mistake could cost.
const mostStatements = 200;
// Another process holds the write lock for milliseconds; one that holds it this long hangs.
const busyTimeoutMs = 5000;

/**
 * One SQLite file. Kysely writes the queries; they run here, synchronously, so that a transaction is one uninterrupted
 * step and needs no lock of ours.
 */
export class Database {
  readonly #file: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  /** Builds queries; never runs them. */
  readonly query = new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });

  /** Opens or makes the file and brings its tables up to date. @throws {Error} with a sentence for a person. */
  constructor(path: string) {
    try {
      this.#file = new DatabaseSync(path, { timeout: busyTimeoutMs });
      // WAL: readers never wait for the writer. NORMAL: a crash of the process loses nothing that was committed.
      patiently(() => this.#file.exec('PRAGMA journal_mode = WAL'));
      this.#file.exec('PRAGMA synchronous = NORMAL');
    } catch (error) {
      throw new Error(`The database ${path} cannot be opened: ${error instanceof Error ? error.message : error}.`);
    }
    this.#migrate(path);
  }

  #migrate(path: string): void {
    this.transaction(() => {
      const row = this.#statement('PRAGMA user_version').get();
      const taken = Number(row?.['user_version'] ?? 0);
      if (taken > migrations.length) {
        throw new Error(`The database ${path} was made by a newer version of OpenGraph+. Start that version.`);
      }
      for (const step of migrations.slice(taken)) this.#file.exec(step);
      if (taken < migrations.length) this.#file.exec(`PRAGMA user_version = ${migrations.length}`);
    });
    this.#statements.clear();
  }

  /** Rows of a query. */
  all<T>(query: Compilable<T>): T[] {
    const { sql, parameters } = query.compile();
    // Kysely's type says what the columns are; a STRICT table holds nothing else.
    return this.#statement(sql).all(...(parameters as Value[])) as T[];
  }

  first<T>(query: Compilable<T>): T | undefined {
    const { sql, parameters } = query.compile();
    return this.#statement(sql).get(...(parameters as Value[])) as T | undefined;
  }

  /** Runs a statement. Gives how many rows it changed, and the id of the last one it inserted. */
  run(query: Compilable): { changes: number; lastId: number } {
    const { sql, parameters } = query.compile();
    const { changes, lastInsertRowid } = this.#statement(sql).run(...(parameters as Value[]));
    return { changes: Number(changes), lastId: Number(lastInsertRowid) };
  }

  /** A statement that was written elsewhere: its rows, and how many it changed. */
  execute<R>(sql: string, parameters: readonly unknown[]): { rows: R[]; changes: number } {
    const statement = this.#statement(sql);
    const values = parameters as Value[];
    if (statement.columns().length > 0) return { rows: statement.all(...values) as R[], changes: 0 };
    return { rows: [], changes: Number(statement.run(...values).changes) };
  }

  /** All of it, or nothing; IMMEDIATE, so that what is read in it cannot be overtaken by another process. */
  transaction<T>(work: () => T): T {
    this.#file.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#file.exec('COMMIT');
      return result;
    } catch (error) {
      this.#file.exec('ROLLBACK');
      throw error;
    }
  }

  /** A number that changes when another connection has committed something. Costs about 2 µs. */
  get version(): number {
    return Number(this.#statement('PRAGMA data_version').get()?.['data_version']);
  }

  close(): void {
    if (this.#file.isOpen) this.#file.close();
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    if (this.#statements.size >= mostStatements) this.#statements.clear();
    const statement = this.#file.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

type Value = string | number | null;

/**
 * Switching a new file to WAL does not wait for other processes that do the same at this moment: it is tried again.
 * Only at the start, before anything is served.
 */
function patiently(work: () => void): void {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  for (const end = performance.now() + busyTimeoutMs; ; Atomics.wait(sleeper, 0, 0, 20)) {
    try {
      work();
      return;
    } catch (error) {
      const busy = error instanceof Error && /locked|busy/.test(error.message);
      if (!busy || performance.now() > end) throw error;
    }
  }
}
