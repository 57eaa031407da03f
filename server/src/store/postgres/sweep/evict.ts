import { sql } from 'kysely';
import type { Statements } from '../connection/database.ts';

// Cards that are removed at once: some milliseconds.
const batch = 500;

/** Removes the least recently requested cards until the pictures fit. Returns how many, and the remaining bytes. */
export async function evict(db: Statements, budget: number): Promise<{ removed: number; bytes: number }> {
  let removed = 0;
  for (;;) {
    const bytes = await pictureBytes(db);
    if (bytes <= budget) return { removed, bytes };
    const some = await evictSome(db, bytes - budget);
    if (some === 0) return { removed, bytes };
    removed += some;
  }
}

/** Bytes of all pictures, each counted once. */
export async function pictureBytes(db: Statements): Promise<number> {
  const row = await db.first(sql<{ bytes: number }>`SELECT coalesce(sum(picture_size), 0)::bigint AS bytes
    FROM (SELECT DISTINCT picture_hash, picture_size FROM cards WHERE picture_hash IS NOT NULL) AS each`);
  return row?.bytes ?? 0;
}

/** The oldest cards, until at least `excess` bytes are free; a picture is free with the last card that refers to it. */
async function evictSome(db: Statements, excess: number): Promise<number> {
  // What is not kept is not fresh: the pages are told before their last cards go.
  return db.run(sql`
    WITH oldest AS (
      SELECT id, page_id, picture_hash, picture_size, row_number() OVER (ORDER BY asked_at, id) AS place
      FROM cards WHERE picture_hash IS NOT NULL ORDER BY asked_at, id LIMIT ${batch}
    ),
    freed AS (
      SELECT place, picture_size * (
        row_number() OVER (PARTITION BY picture_hash ORDER BY place) =
          (SELECT count(*) FROM cards WHERE cards.picture_hash = oldest.picture_hash))::integer AS bytes
      FROM oldest
    ),
    needed AS (SELECT place, sum(bytes) OVER (ORDER BY place) - bytes AS before FROM freed),
    chosen AS (SELECT id, page_id FROM oldest JOIN needed USING (place) WHERE before < ${excess}),
    emptied AS (UPDATE pages SET fresh_until = 0 WHERE id IN (SELECT page_id FROM chosen) AND NOT EXISTS (
      SELECT FROM cards WHERE cards.page_id = pages.id AND cards.id NOT IN (SELECT id FROM chosen)))
    DELETE FROM cards WHERE id IN (SELECT id FROM chosen)`);
}
