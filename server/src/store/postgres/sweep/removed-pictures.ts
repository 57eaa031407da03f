import { sql } from 'kysely';
import type { EpochMs } from '../../../model/units.ts';
import type { PictureStorage } from '../../ports/pictures.ts';
import type { Now } from '../clock.ts';
import type { Database } from '../connection/database.ts';

// A picture is written moments before its record: a younger one may still get its record.
const settledAfterMs = 5 * 60_000;
// Between the storing of a picture and its record.
const rememberedMs = 3_600_000;
const batch = 500;
// A bucket may take long to answer.
const removalMs = 30_000;

/**
 * SQL: in a transaction, nobody removes this picture until it ends. Shared, so that cards of one picture do not wait for
 * each other. The number is the first half of the hash's first 16 digits; pictures that share it wait for nothing worse.
 */
export function lockPicture(hash: string, how: '_shared' | '' = '_shared'): string {
  if (!/^[\da-f]{64}$/.test(hash)) throw new TypeError(`${hash} is not the SHA-256 of a picture.`);
  return `SELECT pg_advisory_xact_lock${how}(${BigInt.asIntN(64, BigInt(`0x${hash.slice(0, 16)}`))})`;
}

/**
 * Removes pictures without a record. A card that is just about to refer to one finds its hash in `removed_pictures`, and
 * stores the bytes again.
 */
export async function removePictures(db: Database, pictures: PictureStorage, time: EpochMs, now: Now) {
  let removed = 0;
  const removeSome = async (hashes: string[]) => {
    const lost = await db.all(sql<{ hash: string }>`SELECT hash FROM unnest(${hashes}::text[]) AS stored (hash)
      WHERE ${hasNoRecord}`);
    for (const { hash } of lost) if (await remove(db, pictures, hash, now)) removed++;
  };
  const some: string[] = [];
  for await (const { hash, writtenAt } of pictures.entries()) {
    if (time - writtenAt < settledAfterMs) continue;
    some.push(hash);
    if (some.length === batch) await removeSome(some.splice(0));
  }
  await removeSome(some);
  await db.run(sql`DELETE FROM removed_pictures WHERE at < ${now()} - ${rememberedMs}::bigint`);
  return removed;
}

async function remove(db: Database, pictures: PictureStorage, hash: string, now: Now): Promise<boolean> {
  if (!/^[\da-f]{64}$/.test(hash)) {
    await pictures.remove(hash); // left by a write that was interrupted
    return true;
  }
  return db.transaction(
    async (tx) => {
      const lost = sql`SELECT FROM (SELECT ${hash}::text AS hash) AS stored WHERE ${hasNoRecord}`;
      if ((await tx.all(lost)).length === 0) return false;
      await pictures.remove(hash);
      await tx.run(sql`INSERT INTO removed_pictures (hash, at) VALUES (${hash}, ${now()})
        ON CONFLICT (hash) DO UPDATE SET at = excluded.at`);
      return true;
    },
    { first: lockPicture(hash, ''), timeoutMs: removalMs },
  );
}

const hasNoRecord = sql<boolean>`NOT EXISTS (SELECT FROM cards WHERE picture_hash = stored.hash COLLATE "C")
  AND NOT EXISTS (SELECT FROM websites WHERE fallback_hash = stored.hash COLLATE "C")`;
