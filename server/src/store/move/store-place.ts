import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { databaseFile, openDataFolder, pictureFolder } from '../data-folder.ts';
import { PictureFiles } from '../files/pictures.ts';
import type { PictureStorage } from '../ports/pictures.ts';
import { databaseNameOf } from '../postgres/connection/address.ts';
import { checkBucket } from '../s3/check-bucket.ts';
import { nameOf, parseStorageUrl, type S3Address, type S3Key } from '../s3/s3-address.ts';
import { S3Client } from '../s3/s3-client.ts';
import { S3Pictures } from '../s3/s3-pictures.ts';
import type { MovingDatabase } from './moving-database.ts';
import { postgresSide } from './postgres-side.ts';
import { sqliteSide } from './sqlite-side.ts';

/** A store as a person names it: `./data`, `postgres://…,s3://…`, `./data,s3://…`, `postgres://…,./data`. */
export interface StorePlace {
  /** The address of a Postgres, or undefined for SQLite in the folder. */
  readonly url: string | undefined;
  readonly folder: string | undefined;
  readonly bucket: Pick<S3Address, 'bucket' | 'prefix'> | undefined;
}

/** @throws {Error} with the reason. */
export function parseStorePlace(text: string): StorePlace {
  const parts = text.split(',').map((part) => part.trim());
  const one = (fits: (part: string) => boolean) => {
    const found = parts.filter(fits);
    if (found.length > 1) throw new Error(`names ${found.length} places of the same kind`);
    return found[0];
  };
  const isPostgres = (part: string) => /^postgres(ql)?:\/\//.test(part);
  const isBucket = (part: string) => part.startsWith('s3://');
  const url = one(isPostgres);
  const bucket = one(isBucket);
  const folder = one((part) => !isPostgres(part) && !isBucket(part));
  if (folder !== undefined && (folder === '' || /^[a-z\d]+:\/\//.test(folder)))
    throw new Error(
      'must be a data folder, postgres://…,s3://…, or one with the other: ./data,s3://… or postgres://…,./data',
    );
  if (folder === undefined && url === undefined)
    throw new Error('names no place for records: a data folder or postgres://…');
  if (folder === undefined && bucket === undefined)
    throw new Error('names no place for pictures: s3://… or a data folder');
  return {
    url,
    folder: folder && resolve(folder),
    bucket: bucket === undefined ? undefined : parseStorageUrl(bucket),
  };
}

/** Where the records are, without a password. */
export function recordsNameOf({ url, folder }: StorePlace): string {
  return url === undefined ? join(folder ?? '', databaseFile) : databaseNameOf(url);
}

export function picturesNameOf({ folder, bucket }: StorePlace): string {
  return bucket === undefined ? join(folder ?? '', pictureFolder) : nameOf(bucket);
}

export async function openRecords(place: StorePlace, warn: (sentence: string) => void): Promise<MovingDatabase> {
  const name = recordsNameOf(place);
  if (place.url !== undefined) return postgresSide({ url: place.url }, name);
  const { database } = await openDataFolder(place.folder ?? '', warn);
  return sqliteSide(database, name);
}

export async function openPictures(place: StorePlace, key: () => S3Key): Promise<PictureStorage> {
  const { folder, bucket } = place;
  if (bucket === undefined) {
    await mkdir(join(folder ?? '', pictureFolder), { recursive: true, mode: 0o700 });
    return new PictureFiles(folder ?? '');
  }
  const client = new S3Client({ ...key(), ...bucket });
  try {
    await checkBucket(client);
  } catch (error) {
    await client[Symbol.asyncDispose]();
    throw error;
  }
  return new S3Pictures(client);
}
