import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, systemClock } from '../model/units.ts';
import { CachedPictures } from './cached-pictures.ts';
import { openDataFolder } from './data-folder.ts';
import { PictureFiles } from './files/pictures.ts';
import type { PictureStorage } from './ports/pictures.ts';
import type { Store } from './ports/store.ts';
import type { DatabaseAddress } from './postgres/connection/address.ts';
import { openPostgres } from './postgres/postgres-store.ts';
import { checkBucket } from './s3/check-bucket.ts';
import type { S3Address } from './s3/s3-address.ts';
import { S3Client } from './s3/s3-client.ts';
import { S3Pictures } from './s3/s3-pictures.ts';
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
  /** A bucket for the pictures; without it, they are files in the data folder. */
  readonly bucket?: Bucket | undefined;
}

export interface Bucket {
  readonly address: S3Address;
  /** Of pictures that this machine used last and has as files too; 0 for none. */
  readonly cacheBytes: number;
}

/**
 * Opens the store in the data folder and creates what is missing.
 * @throws {Error} with a readable message: a read-only folder, a damaged, newer or foreign database, a Postgres or a
 *   bucket that cannot be used.
 */
export async function openStore(dataDir: string, options: StoreOptions = {}): Promise<Store> {
  const {
    clock = systemClock,
    pagesPerWebsite = Number.POSITIVE_INFINITY,
    warn = () => {},
    database,
    bucket,
    follows = true,
  } = options;
  if (database !== undefined) {
    // A command makes no folder on a machine that has none.
    const hasFolder = follows || bucket === undefined || existsSync(dataDir);
    const folder = hasFolder ? await openDataFolder(dataDir, warn, false) : undefined;
    const pictures = await openPictures(dataDir, bucket, follows); // Postgres disposes of them, opened or not
    return openPostgres({ address: database, pictures, folder, clock, pagesPerWebsite, follows });
  }
  const folder = await openDataFolder(dataDir, warn);
  await using parts = new AsyncDisposableStack();
  const pictures = parts.use(await openPictures(dataDir, bucket, follows));
  const db = await Database.open(folder.database);
  parts.move();
  return sqliteStore({ db, pictures, folder, clock, pagesPerWebsite });
}

/** @param isService a command reads few pictures: it keeps none as files, and need not wait for a bucket. */
async function openPictures(dataDir: string, bucket: Bucket | undefined, isService: boolean): Promise<PictureStorage> {
  if (bucket === undefined) return new PictureFiles(dataDir);
  const { address, cacheBytes } = bucket;
  await using parts = new AsyncDisposableStack();
  const client = parts.use(new S3Client(address));
  if (isService) await checkBucket(client);
  const pictures = new S3Pictures(client);
  parts.move();
  if (cacheBytes === 0 || !isService) return pictures;
  const cacheDir = join(dataDir, 'cache');
  await mkdir(join(cacheDir, 'pictures'), { recursive: true, mode: 0o700 });
  return new CachedPictures(pictures, new PictureFiles(cacheDir), cacheBytes);
}
