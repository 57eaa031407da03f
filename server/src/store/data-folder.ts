import { existsSync } from 'node:fs';
import { access, chmod, constants, mkdir, open, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StoreUnreachable } from '../model/store-unreachable.ts';
import { asStoreFault } from './files/faults.ts';

// A picture and the database's record of it; with less, the next card may not fit.
const leastFreeBytes = 2 * 1024 * 1024;

/** The file of the database. */
export const databaseFile = 'ogplus.sqlite';
/** The folder of the pictures. */
export const pictureFolder = 'pictures';

/** Where the parts of a store are; what is undefined is in the data folder. */
export interface StorePlaces {
  readonly dataDir: string;
  readonly database?: unknown;
  readonly bucket?: unknown;
  readonly masterKey?: unknown;
}

/** Whether this machine has the data folder of a service. */
export function hasDataFolder({ dataDir, database }: StorePlaces): boolean {
  return existsSync(join(dataDir, database === undefined ? databaseFile : pictureFolder));
}

/** Whether commands can work from this machine: it has the data folder, or nothing of the store is in one. */
export function hasStore(places: StorePlaces): boolean {
  const { database, bucket, masterKey } = places;
  const isElsewhere = database !== undefined && bucket !== undefined && masterKey !== undefined;
  return isElsewhere || hasDataFolder(places);
}

/** The folder with everything that a service stores. */
export interface DataFolder {
  /** The database file; readable only by its owner. */
  readonly database: string;
  /** Rejects if the folder is missing, was replaced, is read-only or is full. Only reads. */
  check(): Promise<void>;
}

/**
 * Creates the folder if it is missing, with the picture folder and an empty database file.
 * @param warn called if other users can read the folder.
 * @param withDatabase false: the database is elsewhere.
 * @throws {Error} with a readable message.
 */
export async function openDataFolder(
  path: string,
  warn: (sentence: string) => void,
  withDatabase = true,
): Promise<DataFolder> {
  const database = join(path, databaseFile);
  const pictures = join(path, pictureFolder);
  try {
    await makeFolder(path);
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    await makeFolder(pictures);
    if (withDatabase) await makePrivate(database);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why = { EEXIST: 'it is a file', ENOTDIR: 'a part of the path is a file' }[code] ?? 'it is not writable';
    throw new Error(`The data folder ${path} cannot be used: ${why}. Set OGPLUS_DATA_DIR to another.`);
  }
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0) {
    warn(`Other users of this machine can read the data folder ${path}. Make it private: chmod 700 ${path}`);
  }
  const watched = withDatabase ? database : pictures;
  const opened = await stat(watched);

  return {
    database,
    async check() {
      try {
        await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
        const found = await stat(watched);
        if (found.ino !== opened.ino || found.dev !== opened.dev) throw new StoreUnreachable('gone');
        await access(watched, constants.R_OK | constants.W_OK);
        const { bavail, bsize } = await statfs(path);
        if (bavail * bsize < leastFreeBytes) throw new StoreUnreachable('full');
      } catch (error) {
        throw asStoreFault(error);
      }
    },
  };
}

/** SQLite's other files get the same permissions. */
async function makePrivate(file: string): Promise<void> {
  try {
    await (await open(file, 'wx', 0o600)).close();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    for (const each of [file, `${file}-wal`, `${file}-shm`]) {
      const found = await stat(each).catch(() => undefined);
      // A file of another owner stays as it is; the folder's warning covers it.
      if (found?.isFile() && (found.mode & 0o077) !== 0) await chmod(each, 0o600).catch(() => {});
    }
  }
}

/** Creates a folder and its parents. (Node's recursive `mkdir` never returns in places like /proc.) */
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
