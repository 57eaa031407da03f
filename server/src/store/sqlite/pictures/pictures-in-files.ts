import type { PictureFiles } from '../../files/pictures.ts';
import type { Database } from '../database.ts';
import { hasRecord } from './has-record.ts';
import type { RecordedPictures } from './recorded-pictures.ts';

/** Pictures in files beside the database: they are looked for, and removed, inside its transactions. */
export function picturesInFiles(db: Database, files: PictureFiles): RecordedPictures {
  const isKept = (hash: string) => hasRecord(db, hash);
  return {
    read: (picture) => files.read(picture),
    write: (picture, bytes) => files.write(picture, bytes),
    isLost: (picture) => !files.has(picture),
    sweep: (now) =>
      files.sweep(now, isKept, (hash, unlink) =>
        // In a transaction: no record can start to refer to the file while it is removed.
        db.transaction(() => !isKept(hash) && unlink()),
      ),
  };
}
