import { sql } from 'kysely';
import type { Database } from '../database.ts';

/** Whether a card or a website refers to the picture. */
export function hasRecord(db: Database, hash: string): boolean {
  const { query } = db;
  const ofCard = query.selectFrom('cards').select('id').where('picture_hash', '=', hash).limit(1);
  const ofWebsite = query
    .selectFrom('websites')
    .select('id')
    .where(sql<boolean>`json_extract(settings, '$.fallbackPicture.hash') = ${hash}`);
  return db.first(ofCard) !== undefined || db.first(ofWebsite) !== undefined;
}
