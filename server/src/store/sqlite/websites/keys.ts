import type { EpochMs } from '../../../model/units.ts';
import type { PublicKey, WebsiteId } from '../../../model/website.ts';
import type { Key } from '../../ports/websites.ts';
import { toKey } from '../../records/key-rows.ts';
import type { Database } from '../database.ts';

export function createKey(db: Database, websiteId: WebsiteId, publicKey: PublicKey, at: EpochMs): boolean {
  const insert = db.query
    .insertInto('keys')
    .values({ public_key: publicKey, website_id: websiteId, created_at: at, revoked_at: null })
    .onConflict((conflict) => conflict.doNothing());
  return db.run(insert).changes > 0;
}

export function findKey(db: Database, publicKey: PublicKey): Key | undefined {
  const row = db.first(db.query.selectFrom('keys').selectAll().where('public_key', '=', publicKey));
  return row === undefined ? undefined : toKey(row);
}

/** Oldest first. */
export function keysOf(db: Database, websiteId: WebsiteId): Key[] {
  const { query } = db;
  const ofWebsite = query.selectFrom('keys').selectAll().where('website_id', '=', websiteId);
  return db.all(ofWebsite.orderBy('created_at').orderBy('public_key')).map(toKey);
}

/** Returns the website if the key was valid until now; undefined otherwise. */
export function revokeKey(db: Database, publicKey: PublicKey, at: EpochMs): WebsiteId | undefined {
  const revoke = db.query
    .updateTable('keys')
    .set({ revoked_at: at })
    .where('public_key', '=', publicKey)
    .where('revoked_at', 'is', null)
    .returning('website_id');
  return db.first(revoke)?.website_id as WebsiteId | undefined;
}
