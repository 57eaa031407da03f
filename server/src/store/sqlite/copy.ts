import { DatabaseSync } from 'node:sqlite';
import { refuseOthers } from './migrate.ts';

// A copy is a read: it waits for no writer, only for a log that is being recovered.
const busyTimeoutMs = 5000;

/** What a database file holds. */
export interface Contents {
  readonly websites: number;
  readonly cards: number;
}

/**
 * Writes a copy of the database as it is at one moment, without holding up the service that writes to it: VACUUM INTO is
 * one read transaction (sqlite.org/lang_vacuum.html).
 * @throws {Error} with a readable message.
 */
export function copyDatabase(from: string, to: string): void {
  using file = openFile(from);
  refuseOthers(file.db, from);
  file.db.prepare('VACUUM INTO ?').run(to);
}

/**
 * Reads all of a database file.
 * @throws {Error} with a readable message: damaged, of another program, or of a newer version.
 */
export function checkDatabase(path: string): Contents {
  using file = openFile(path);
  const { db } = file;
  refuseOthers(db, path);
  const found = db.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'];
  if (found !== 'ok') throw new Error(`The database ${path} is damaged: ${found}.`);
  const count = (table: 'websites' | 'cards') => Number(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']);
  return { websites: count('websites'), cards: count('cards') };
}

/** The hashes of the pictures that cards and settings of a database file refer to, each once. */
export function* picturesIn(path: string): Generator<string> {
  using file = openFile(path);
  const statement = file.db.prepare(`SELECT picture_hash AS hash FROM cards WHERE picture_hash IS NOT NULL
    UNION SELECT json_extract(settings, '$.fallbackPicture.hash') FROM websites
    WHERE json_extract(settings, '$.fallbackPicture.hash') IS NOT NULL`);
  for (const { hash } of statement.iterate()) yield String(hash);
}

/**
 * Whether a process has the database open. One that has holds a shared lock on its log, which the exclusive mode cannot
 * have then (sqlite.org/wal.html, section 6).
 */
export function isOpenElsewhere(path: string): boolean {
  using file = openFile(path, 0);
  try {
    file.db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; ROLLBACK');
    return false;
  } catch (error) {
    if (error instanceof Error && /locked|busy/.test(error.message)) return true;
    throw error;
  }
}

function openFile(path: string, timeout = busyTimeoutMs): Disposable & { readonly db: DatabaseSync } {
  const db = new DatabaseSync(path, { timeout });
  return { db, [Symbol.dispose]: () => db.close() };
}
