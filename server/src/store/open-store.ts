import { type Clock, systemClock } from '../model/units.ts';
import { openDataFolder } from './data-folder.ts';
import { PictureFiles } from './files/pictures.ts';
import type { Store } from './ports/store.ts';
import type { DatabaseAddress } from './postgres/connection/address.ts';
import { openPostgres } from './postgres/postgres-store.ts';
import { Database } from './sqlite/database.ts';
import { sqliteStore } from './sqlite/sqlite-store.ts';

export interface StoreOptions {
  readonly clock?: Clock;
  /** Limit per website; enforced when pages are kept. */
  readonly pagesPerWebsite?: number;
  /** Called with problems that the operator should fix. */
  readonly warn?: (sentence: string) => void;
  /** Postgres, for several machines; without it, SQLite in the data folder. */
  readonly database?: DatabaseAddress | undefined;
  /** Whether this process keeps in memory what others change, as a service does; a command does not. */
  readonly follows?: boolean;
}

/**
 * Opens the store in the data folder and creates what is missing.
 * @throws {Error} with a readable message: a read-only folder, a damaged, newer or foreign database, a Postgres that
 *   cannot be used.
 */
export async function openStore(dataDir: string, options: StoreOptions = {}): Promise<Store> {
  const { clock = systemClock, pagesPerWebsite = Number.POSITIVE_INFINITY, warn = () => {}, database } = options;
  const folder = await openDataFolder(dataDir, warn, database === undefined);
  const files = new PictureFiles(dataDir);
  if (database !== undefined) {
    return openPostgres({
      address: database,
      pictures: files,
      folder,
      clock,
      pagesPerWebsite,
      follows: options.follows ?? true,
    });
  }
  const db = new Database(folder.database);
  return sqliteStore({ db, files, folder, clock, pagesPerWebsite });
}
