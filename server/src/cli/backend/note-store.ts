import { join } from 'node:path';
import type { Config } from '../../config.ts';
import { pictureFolder } from '../../store/data-folder.ts';
import { databaseNameOf } from '../../store/postgres/connection/address.ts';
import { nameOf } from '../../store/s3/s3-address.ts';
import { note } from '../terminal.ts';

/** Says on standard error which store of this machine the command works on. */
export function noteStore({ dataDir, database, bucket }: Pick<Config, 'dataDir' | 'database' | 'bucket'>): void {
  const pictures = bucket === undefined ? join(dataDir, pictureFolder) : nameOf(bucket.address);
  if (database !== undefined) note(`Database: ${databaseNameOf(database.url)}, pictures: ${pictures}`);
  else note(`Data folder: ${dataDir}${bucket === undefined ? '' : `, pictures: ${pictures}`}`);
}
