import { sql } from 'kysely';
import type { PersonId } from '../../model/identity.ts';
import { type EpochMs, epochMs } from '../../model/units.ts';
import {
  defaultSettings,
  type HostName,
  type Origin,
  type PublicKey,
  type Website,
  type WebsiteId,
  type WebsiteSettings,
} from '../../model/website.ts';
import type { NewWebsite } from '../store.ts';
import type { Database } from './database.ts';
import { firstAccount } from './first-account.ts';
import { createKey, findKey, revokeKey } from './keys.ts';
import { join } from './members.ts';
import { recordChange, writePurge } from './purges.ts';
import { toWebsite } from './rows.ts';

const ownHost = sql<string>`json_extract(settings, '$.ownHost')`;

export function makeWebsite(db: Database, website: NewWebsite, owner?: PersonId): Website | undefined {
  const insert = db.query
    .insertInto('websites')
    .values({
      origin: website.origin,
      connection: website.connection,
      public_key: website.publicKey,
      settings: JSON.stringify(defaultSettings),
      created_at: website.createdAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll();
  return db.transaction(() => {
    if (findKey(db, website.publicKey) !== undefined) return undefined;
    const made = db.first(insert);
    if (made === undefined) return undefined;
    const at = epochMs(website.createdAt);
    createKey(db, made.id as WebsiteId, website.publicKey, at);
    const ownedBy = owner ?? firstAccount(db);
    if (ownedBy !== undefined) join(db, made.id as WebsiteId, ownedBy, 'owner', at);
    recordChange(db, made.id as WebsiteId, 'changed', '');
    return toWebsite(made);
  });
}

export function allWebsites(db: Database): Website[] {
  return db.all(db.query.selectFrom('websites').selectAll().orderBy('origin')).map(toWebsite);
}

export function findWebsite(
  db: Database,
  column: 'id' | 'connection' | 'origin',
  value: string | number,
): Website | undefined {
  const row = db.first(db.query.selectFrom('websites').selectAll().where(column, '=', value));
  return row === undefined ? undefined : toWebsite(row);
}

export function findByOwnHost(db: Database, host: HostName): Website | undefined {
  const row = db.first(db.query.selectFrom('websites').selectAll().where(sql<boolean>`${ownHost} = ${host}`));
  return row === undefined ? undefined : toWebsite(row);
}

export function allOwnHosts(db: Database): ReadonlySet<string> {
  const hosts = db.query.selectFrom('websites').select(ownHost.as('host')).where(sql<boolean>`${ownHost} IS NOT NULL`);
  return new Set(db.all(hosts).map(({ host }) => host));
}

/** Gives false where `ownHost` is another website's. */
export function changeSettings(
  db: Database,
  websiteId: WebsiteId,
  settings: Partial<WebsiteSettings>,
  at: EpochMs,
): boolean {
  const { query } = db;
  return db.transaction(() => {
    const isOthers = sql<boolean>`${ownHost} = ${settings.ownHost ?? ''} AND id <> ${websiteId}`;
    if (db.first(query.selectFrom('websites').select('id').where(isOthers)) !== undefined) return false;
    const before = findWebsite(db, 'id', websiteId)?.settings;
    if (before === undefined) return true;
    const { viewportWidth = before.viewportWidth } = settings;
    if (viewportWidth !== before.viewportWidth) writePurge(db, websiteId, { kind: 'website' }, at);
    // RFC 7396: null removes, and what is not there has its default.
    const merged = sql<string>`json_patch(settings, ${JSON.stringify(settings)})`;
    db.run(query.updateTable('websites').set({ settings: merged }).where('id', '=', websiteId));
    recordChange(db, websiteId, 'changed', '');
    return true;
  });
}

export function addKey(db: Database, websiteId: WebsiteId, publicKey: PublicKey, at: EpochMs): boolean {
  return db.transaction(() => {
    if (findWebsite(db, 'id', websiteId) === undefined) return false;
    const made = createKey(db, websiteId, publicKey, at);
    if (made) recordChange(db, websiteId, 'changed', '');
    return made;
  });
}

export function dropKey(db: Database, publicKey: PublicKey, at: EpochMs): boolean {
  return db.transaction(() => {
    const websiteId = revokeKey(db, publicKey, at);
    if (websiteId !== undefined) recordChange(db, websiteId, 'changed', '');
    return websiteId !== undefined;
  });
}

/** Its pages and cards can no longer be asked for; the sweep removes them, however many there are. */
export function removeWebsite(db: Database, origin: Origin): boolean {
  const { query } = db;
  const website = findWebsite(db, 'origin', origin);
  if (website === undefined) return false;
  db.transaction(() => {
    db.run(query.deleteFrom('websites').where('id', '=', website.id));
    db.run(query.deleteFrom('purges').where('website_id', '=', website.id));
    db.run(query.deleteFrom('keys').where('website_id', '=', website.id));
    recordChange(db, website.id, 'changed', '');
  });
  return true;
}
