import { type Clock, systemClock } from '../model/units.ts';
import { openDataFolder } from './data-folder.ts';
import { PictureFiles } from './files/pictures.ts';
import type { Store } from './ports/store.ts';
import { Database } from './sqlite/database.ts';
import { sqliteStore } from './sqlite/sqlite-store.ts';

export interface StoreOptions {
  readonly clock?: Clock;
  /** Kept at most; it counts where pages are kept. */
  readonly pagesPerWebsite?: number;
  /** Told of what the operator should mend. */
  readonly warn?: (sentence: string) => void;
}

/**
 * Opens the store in the data folder, and makes what is missing.
 * @throws {Error} with a sentence for a person: a folder that cannot be written, a damaged, newer or foreign database.
 */
export async function openStore(dataDir: string, options: StoreOptions = {}): Promise<Store> {
  const { clock = systemClock, pagesPerWebsite = Number.POSITIVE_INFINITY, warn = () => {} } = options;
  const folder = await openDataFolder(dataDir, warn);
  const db = new Database(folder.database);
  return sqliteStore({ db, files: new PictureFiles(dataDir), folder, clock, pagesPerWebsite });
}
