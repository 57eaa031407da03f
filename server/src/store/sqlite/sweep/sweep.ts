import { sql } from 'kysely';
import type { EpochMs } from '../../../model/units.ts';
import type { PictureFiles } from '../../files/pictures.ts';
import type { SweepResult } from '../../ports/store.ts';
import type { Database } from '../database.ts';
import { evict } from './evict.ts';
import { removeVoid } from './remove-void.ts';

export async function sweep(db: Database, files: PictureFiles, budget: number, now: EpochMs): Promise<SweepResult> {
  const voided = await removeVoid(db, now);
  const evicted = await evict(db, budget);
  const isKept = (hash: string) => hasRecord(db, hash);
  const picturesRemoved = await files.sweep(now, isKept, (hash, unlink) =>
    // In a transaction: no record can start to refer to the file while it is removed.
    db.transaction(() => {
      if (isKept(hash)) return false;
      unlink();
      return true;
    }),
  );
  return { recordsRemoved: voided + evicted.removed, picturesRemoved, bytesKept: evicted.bytes };
}

function hasRecord(db: Database, hash: string): boolean {
  const { query } = db;
  const ofCard = query.selectFrom('cards').select('id').where('picture_hash', '=', hash).limit(1);
  const ofWebsite = query
    .selectFrom('websites')
    .select('id')
    .where(sql<boolean>`json_extract(settings, '$.fallbackPicture.hash') = ${hash}`);
  return db.first(ofCard) !== undefined || db.first(ofWebsite) !== undefined;
}
