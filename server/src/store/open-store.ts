import { type Clock, systemClock } from '../model/units.ts';
import { openDataFolder } from './data-folder.ts';
import { PictureFiles } from './files/pictures.ts';
import type { Store } from './ports/store.ts';
import { Database } from './sqlite/database.ts';
import { sqliteStore } from './sqlite/sqlite-store.ts';

export interface StoreOptions {
  readonly clock?: Clock;
  /** Limit per website; enforced when pages are kept. */
  readonly pagesPerWebsite?: number;
  /** Called with problems that the operator should fix. */
  readonly warn?: (sentence: string) => void;
}

/**
 * Opens the store in the data folder and creates what is missing.
 * @throws {Error} with a readable message: a read-only folder, a damaged, newer or foreign database.
 */
export async function openStore(dataDir: string, options: StoreOptions = {}): Promise<Store> {
  const { clock = systemClock, pagesPerWebsite = Number.POSITIVE_INFINITY, warn = () => {} } = options;
  const folder = await openDataFolder(dataDir, warn);
  const db = new Database(folder.database);
  return sqliteStore({ db, files: new PictureFiles(dataDir), folder, clock, pagesPerWebsite });
}
