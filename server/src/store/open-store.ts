import { existsSync } from 'node:fs';
import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Clock, systemClock } from '../model/units.ts';
import { PictureFiles } from './files/pictures.ts';
import type { Store } from './ports/store.ts';
import { Database } from './sqlite/database.ts';
import { sqliteStore } from './sqlite/sqlite-store.ts';

/**
 * Opens the store in the data folder, and makes what is missing.
 * @param pagesPerWebsite kept at most; it counts where pages are kept.
 * @throws {Error} with a sentence for a person: a folder that cannot be written, a damaged or newer database.
 */
export async function openStore(
  dataDir: string,
  clock: Clock = systemClock,
  pagesPerWebsite = Number.POSITIVE_INFINITY,
): Promise<Store> {
  try {
    await makeFolder(dataDir);
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why = { EEXIST: 'it is a file', ENOTDIR: 'a part of the path is a file' }[code] ?? 'it cannot be written';
    throw new Error(`The data folder ${dataDir} cannot be used: ${why}. Set OGPLUS_DATA_DIR to another.`);
  }
  const database = new Database(join(dataDir, 'ogplus.sqlite'));
  return sqliteStore(database, new PictureFiles(dataDir), clock, pagesPerWebsite);
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
