import type { DatabaseSync } from 'node:sqlite';
import { migrations } from './migrations.ts';

// "OGP+", the application id of our SQLite files (sqlite.org/fileformat.html, section 1.3.16).
const applicationId = 0x4f47502b;

/** Before anything is written: the file may belong to another program. @throws {Error} with a readable message. */
export function refuseOthers(file: DatabaseSync, path: string): void {
  const taken = pragma(file, 'user_version');
  if (!isOurs(file, taken)) {
    throw new Error(
      `The database ${path} belongs to another program. Move it away, or set OGPLUS_DATA_DIR to another folder.`,
    );
  }
  if (taken > migrations.length) {
    throw new Error(`The database ${path} was made by a newer version of OpenGraph+. Start that version.`);
  }
}

/** In a transaction: migrates the tables. */
export function migrate(file: DatabaseSync, path: string): void {
  refuseOthers(file, path); // another process may have just created it
  const taken = pragma(file, 'user_version');
  if (taken === migrations.length) return;
  for (const step of migrations.slice(taken)) file.exec(step);
  file.exec(`PRAGMA user_version = ${migrations.length}; PRAGMA application_id = ${applicationId}`);
}

/** A new file, one with our application id, or one of ours from before there was an id. */
function isOurs(file: DatabaseSync, taken: number): boolean {
  const id = pragma(file, 'application_id');
  if (id !== 0) return id === applicationId;
  const tables = file.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  const names = new Set(tables.map(({ name }) => name));
  return taken === 0 ? names.size === 0 : ['websites', 'pages', 'cards', 'changes'].every((name) => names.has(name));
}

function pragma(file: DatabaseSync, name: 'user_version' | 'application_id'): number {
  return Number(file.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
}
