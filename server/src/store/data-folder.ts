import { existsSync } from 'node:fs';
import { access, chmod, constants, mkdir, open, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StoreUnreachable } from '../model/store-unreachable.ts';
import { asStoreFault } from './files/faults.ts';

// A picture and what the database writes beside it; below this, the next card may not fit.
const leastFreeBytes = 2 * 1024 * 1024;

/** The folder with everything that a service keeps. */
export interface DataFolder {
  /** The database's file; it exists, and its owner alone may read it. */
  readonly database: string;
  /** Rejects where the folder is gone, was replaced, cannot be written or is full. Reads only. */
  check(): Promise<void>;
}

/**
 * Makes the folder, where it is not there, with the database's empty file and the folder of the pictures.
 * @param warn told of what others may read.
 * @throws {Error} with a sentence for a person.
 */
export async function openDataFolder(path: string, warn: (sentence: string) => void): Promise<DataFolder> {
  const database = join(path, 'ogplus.sqlite');
  try {
    await makeFolder(path);
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    await makeFolder(join(path, 'pictures'));
    await makePrivate(database);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why = { EEXIST: 'it is a file', ENOTDIR: 'a part of the path is a file' }[code] ?? 'it cannot be written';
    throw new Error(`The data folder ${path} cannot be used: ${why}. Set OGPLUS_DATA_DIR to another.`);
  }
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0) {
    warn(`The data folder ${path} is open to other users of this machine. Close it: chmod 700 ${path}`);
  }
  const opened = await stat(database);

  return {
    database,
    async check() {
      try {
        await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
        const found = await stat(database);
        if (found.ino !== opened.ino || found.dev !== opened.dev) throw new StoreUnreachable('gone');
        await access(database, constants.R_OK | constants.W_OK);
        const { bavail, bsize } = await statfs(path);
        if (bavail * bsize < leastFreeBytes) throw new StoreUnreachable('full');
      } catch (error) {
        throw asStoreFault(error);
      }
    },
  };
}

/** SQLite's other files get the rights of this one. */
async function makePrivate(file: string): Promise<void> {
  try {
    await (await open(file, 'wx', 0o600)).close();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    for (const each of [file, `${file}-wal`, `${file}-shm`]) {
      const found = await stat(each).catch(() => undefined);
      // A file of another owner stays as it is; the warning about the folder says the rest.
      if (found?.isFile() && (found.mode & 0o077) !== 0) await chmod(each, 0o600).catch(() => {});
    }
  }
}

/** Makes a folder and those above it. (Node's own recursive `mkdir` never returns in places like /proc.) */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    const above = dirname(path);
    if (code !== 'ENOENT' || existsSync(above)) throw error;
    await makeFolder(above);
    await mkdir(path, { mode: 0o700 });
  }
}
