import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { type Compilable, DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { StoreUnreachable } from '../../model/store-unreachable.ts';
import { asStoreFault } from './faults.ts';
import { migrate, refuseOthers } from './migrate.ts';
import type { Prepared, Value } from './prepared.ts';
import type { Schema } from './schema.ts';
import { WalIndex } from './wal-index.ts';

// Queries are few and fixed; the bound limits the cost of a mistake.
const mostStatements = 200;
// Processes hold the write lock for milliseconds; one that holds it this long hangs. Nothing is answered meanwhile.
const busyTimeoutMs = 1000;
// At the start nobody is held up, and others may be starting too.
const startTimeoutMs = 5000;

/**
 * One SQLite file. Kysely builds the queries; they run here, synchronously, so that a transaction is one uninterrupted
 * step and needs no lock of ours. Throws `StoreUnreachable` if the file cannot be read or written.
 */
export class Database {
  readonly #file: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #walIndex: WalIndex | undefined;
  /** Another process has held the write lock for too long: until a write works, none waits for it again. */
  #isStuck = false;
  /** Builds queries; never runs them. */
  readonly query = new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });

  private constructor(file: DatabaseSync) {
    this.#file = file;
  }

  /** Opens or creates the file and migrates its tables. @throws {Error} with a readable message. */
  static async open(path: string): Promise<Database> {
    try {
      const file = new DatabaseSync(path, { timeout: startTimeoutMs });
      const db = new Database(file);
      // In one view of the file: another process may be creating it.
      patiently(() => db.#reading(() => refuseOthers(file, path)));
      // WAL: readers never wait for the writer. NORMAL: a crash of the process loses no committed transaction.
      patiently(() => file.exec('PRAGMA journal_mode = WAL'));
      file.exec('PRAGMA synchronous = NORMAL');
      await migrate(file, path);
      db.#waitFor(busyTimeoutMs);
      db.#walIndex = WalIndex.open(path);
      return db;
    } catch (error) {
      if (!(error instanceof Error && 'errcode' in error)) throw error;
      throw new Error(`The database ${path} cannot be opened: ${error.message}.`);
    }
  }

  /** Rows of a query. */
  all<T>(query: Compilable<T>): T[] {
    const { sql, parameters } = query.compile();
    // Kysely's type describes the columns; a STRICT table holds nothing else.
    return this.#guarded(() => this.#statement(sql).all(...(parameters as Value[])) as T[]);
  }

  first<T>(query: Compilable<T>): T | undefined {
    const { sql, parameters } = query.compile();
    return this.#guarded(() => this.#statement(sql).get(...(parameters as Value[])) as T | undefined);
  }

  /** Runs a statement. Returns how many rows changed, and the last inserted id. */
  run(query: Compilable): { changes: number; lastId: number } {
    const { sql, parameters } = query.compile();
    const { changes, lastInsertRowid } = this.#writing(() => this.#statement(sql).run(...(parameters as Value[])));
    return { changes: Number(changes), lastId: Number(lastInsertRowid) };
  }

  /** As `run`, of a query that was built before. Returns how many rows changed. */
  runPrepared<V>(query: Prepared<V>, values: V): number {
    return Number(this.#writing(() => this.#statement(query.sql).run(...query.values(values))).changes);
  }

  /** Runs SQL from elsewhere: returns its rows and how many rows changed. */
  execute<R>(sql: string, parameters: readonly unknown[]): { rows: R[]; changes: number } {
    return this.#guarded(() => {
      const statement = this.#statement(sql);
      const values = parameters as Value[];
      if (statement.columns().length > 0) return { rows: statement.all(...values) as R[], changes: 0 };
      return { rows: [], changes: Number(statement.run(...values).changes) };
    });
  }

  /** All or nothing; IMMEDIATE, so that no other process can change what was read in it. */
  transaction<T>(work: () => T): T {
    return this.#writing(() => {
      this.#file.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        this.#file.exec('COMMIT');
        return result;
      } catch (error) {
        this.#rollBack();
        throw error;
      }
    });
  }

  /** A number that changes when another connection commits. */
  get version(): number {
    return this.#guarded(() => Number(this.#statement('PRAGMA data_version').get()?.['data_version']));
  }

  /** Whether any connection, including this one, may have committed since the last call. Takes about 1 µs. */
  hasMoved(): boolean {
    return this.#walIndex === undefined || this.#guarded(() => this.#walIndex?.hasMoved() !== false);
  }

  /** Makes `hasMoved` return true again: the change it reported could not be read. */
  forgetMove(): void {
    this.#walIndex?.forget();
  }

  close(): void {
    if (this.#file.isOpen) this.#file.close();
  }

  #reading(work: () => void): void {
    this.#file.exec('BEGIN');
    try {
      work();
    } finally {
      this.#rollBack();
    }
  }

  #writing<T>(work: () => T): T {
    const result = this.#guarded(work);
    if (this.#isStuck) {
      this.#isStuck = false;
      this.#waitFor(busyTimeoutMs);
    }
    return result;
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      const fault = asStoreFault(error);
      if (!this.#isStuck && fault instanceof StoreUnreachable && fault.reason === 'busy') {
        this.#isStuck = true;
        this.#waitFor(0);
      }
      throw fault;
    }
  }

  /** How long a statement waits for the write lock. */
  #waitFor(ms: number): void {
    this.#file.exec(`PRAGMA busy_timeout = ${ms}`);
  }

  /** A full disk and similar errors end a transaction on their own (sqlite.org/lang_transaction.html, "Response To Errors"). */
  #rollBack(): void {
    try {
      if (this.#file.isTransaction) this.#file.exec('ROLLBACK');
    } catch {
      // The first error says why; SQLite rolls back when the file is next read.
    }
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

/**
 * Switching a new file to WAL does not wait for other processes that do the same: it is tried again. Only at startup,
 * before anything is served.
 */
function patiently(work: () => void): void {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  for (const end = performance.now() + startTimeoutMs; ; Atomics.wait(sleeper, 0, 0, 20)) {
    try {
      work();
      return;
    } catch (error) {
      const busy = error instanceof Error && /locked|busy/.test(error.message);
      if (!busy || performance.now() > end) throw error;
    }
  }
}
