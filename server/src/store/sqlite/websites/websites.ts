import { sql } from 'kysely';
import { type Clock, epochMs } from '../../../model/units.ts';
import { defaultSettings, type WebsiteId } from '../../../model/website.ts';
import type { NewWebsite, Websites } from '../../ports/websites.ts';
import { whyRedrawn } from '../../records/page-conditions.ts';
import { toWebsite } from '../../records/website-rows.ts';
import type { SqliteChangeLog } from '../changes/change-log.ts';
import { recordChange, writePurge } from '../changes/purges.ts';
import type { Database } from '../database.ts';
import { firstAccount } from '../people/first-account.ts';
import { join } from '../people/members.ts';
import { findWebsite } from './find-website.ts';
import { createKey, findKey, keysOf, revokeKey } from './keys.ts';
import { byOwnHost, forgetOtherHost, ownHosts, proveOwnHost, unproven, unproveOwnHost } from './own-hosts.ts';

export interface WebsiteOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly changes: Pick<SqliteChangeLog, 'changing'>;
}

/** Websites, their settings and keys in SQLite. */
export function websites({ db, clock, changes: { changing } }: WebsiteOptions): Websites {
  const { query } = db;

  /** In a transaction: records a change of the website for every process. */
  const changed = (websiteId: WebsiteId): void => {
    const name = findWebsite(db, 'id', websiteId)?.provenHost?.name;
    recordChange(db, websiteId, 'changed', name ?? '');
  };

  return {
    async create(website, owner) {
      return changing(() => {
        if (findKey(db, website.publicKey) !== undefined) return undefined;
        const made = db.first(query.insertInto('websites').values(newRow(website)).onConflict(nothing).returningAll());
        if (made === undefined) return undefined;
        const [id, at] = [made.id as WebsiteId, epochMs(website.createdAt)];
        createKey(db, id, website.publicKey, at);
        const ownedBy = owner ?? firstAccount(db);
        if (ownedBy !== undefined) join(db, id, ownedBy, 'owner', at);
        changed(id);
        return toWebsite(made);
      });
    },

    async list() {
      return db.all(query.selectFrom('websites').selectAll().orderBy('origin')).map(toWebsite);
    },

    byId: async (id) => findWebsite(db, 'id', id),
    byConnection: async (connection) => findWebsite(db, 'connection', connection),
    byOrigin: async (origin) => findWebsite(db, 'origin', origin),

    async byPublicKey(publicKey) {
      const key = findKey(db, publicKey);
      return key === undefined || key.revokedAt !== null ? undefined : findWebsite(db, 'id', key.websiteId);
    },

    byOwnHost: async (host) => byOwnHost(db, host),
    ownHosts: async () => ownHosts(db),
    unproven: async (limit) => unproven(db, limit),

    async proveOwnHost(websiteId, host) {
      return changing(() => {
        const proven = proveOwnHost(db, websiteId, host);
        if (proven) changed(websiteId);
        return proven;
      });
    },

    async unproveOwnHost(websiteId, host) {
      changing(() => {
        if (unproveOwnHost(db, websiteId, host)) changed(websiteId);
      });
    },

    async changeSettings(websiteId, settings, by = null) {
      return changing(() => {
        const before = findWebsite(db, 'id', websiteId)?.settings;
        if (before === undefined) return undefined;
        const why = whyRedrawn(before, settings);
        if (why !== null) writePurge(db, websiteId, { kind: 'website' }, clock.now(), { by, why });
        // RFC 7396: null removes, and absent settings have their default.
        const merged = sql<string>`json_patch(settings, ${JSON.stringify(settings)})`;
        db.run(query.updateTable('websites').set({ settings: merged }).where('id', '=', websiteId));
        if (settings.ownHost !== undefined) forgetOtherHost(db, websiteId);
        changed(websiteId);
        return { before, after: { ...before, ...settings } };
      });
    },

    // Its pages and cards can no longer be requested; the sweep removes them, however many there are.
    async remove(origin) {
      return changing(() => {
        const website = findWebsite(db, 'origin', origin);
        if (website === undefined) return false;
        db.run(query.deleteFrom('websites').where('id', '=', website.id));
        db.run(query.deleteFrom('purges').where('website_id', '=', website.id));
        db.run(query.deleteFrom('keys').where('website_id', '=', website.id));
        changed(website.id);
        return true;
      });
    },

    async createKey(websiteId, publicKey, at) {
      return changing(() => {
        if (findWebsite(db, 'id', websiteId) === undefined) return false;
        const made = createKey(db, websiteId, publicKey, at);
        if (made) changed(websiteId);
        return made;
      });
    },

    findKey: async (publicKey) => findKey(db, publicKey),
    keysOf: async (websiteId) => keysOf(db, websiteId),

    async revokeKey(publicKey, at) {
      return changing(() => {
        const websiteId = revokeKey(db, publicKey, at);
        if (websiteId !== undefined) changed(websiteId);
        return websiteId !== undefined;
      });
    },
  };
}

const nothing = <T>(conflict: { doNothing(): T }): T => conflict.doNothing();

function newRow({ origin, connection, publicKey, createdAt }: NewWebsite) {
  const settings = JSON.stringify(defaultSettings);
  return { origin, connection, public_key: publicKey, settings, created_at: createdAt };
}
