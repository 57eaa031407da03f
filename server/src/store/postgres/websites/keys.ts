import type { EpochMs } from '../../../model/units.ts';
import type { PublicKey, WebsiteId } from '../../../model/website.ts';
import type { Key } from '../../ports/websites.ts';
import { toKey } from '../../records/key-rows.ts';
import { query, type Statements } from '../connection/database.ts';

/** Returns false if the key is taken. */
export async function createKey(
  db: Statements,
  websiteId: WebsiteId,
  publicKey: PublicKey,
  at: EpochMs,
): Promise<boolean> {
  const row = { public_key: publicKey, website_id: websiteId, created_at: at, revoked_at: null };
  return (
    (await db.run(
      query
        .insertInto('keys')
        .values(row)
        .onConflict((taken) => taken.doNothing()),
    )) > 0
  );
}

export async function findKey(db: Statements, publicKey: PublicKey): Promise<Key | undefined> {
  const row = await db.first(query.selectFrom('keys').selectAll().where('public_key', '=', publicKey));
  return row && toKey(row);
}

/** Oldest first. */
export async function keysOf(db: Statements, websiteId: WebsiteId): Promise<Key[]> {
  const ofWebsite = query.selectFrom('keys').selectAll().where('website_id', '=', websiteId);
  return (await db.all(ofWebsite.orderBy('created_at').orderBy('public_key'))).map(toKey);
}

/** Returns the website if the key was valid until now; undefined otherwise. */
export async function revokeKey(db: Statements, publicKey: PublicKey, at: EpochMs): Promise<WebsiteId | undefined> {
  const revoke = query
    .updateTable('keys')
    .set({ revoked_at: at })
    .where('public_key', '=', publicKey)
    .where('revoked_at', 'is', null)
    .returning('website_id');
  return (await db.first(revoke))?.website_id as WebsiteId | undefined;
}
