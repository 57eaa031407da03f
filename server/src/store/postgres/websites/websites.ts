import { StoreUnreachable } from '../../../model/store-unreachable.ts';
import { epochMs } from '../../../model/units.ts';
import { defaultSettings, type WebsiteId, type WebsiteSettings } from '../../../model/website.ts';
import type { NewWebsite, Websites } from '../../ports/websites.ts';
import { whyRedrawn } from '../../records/page-conditions.ts';
import { toWebsite } from '../../records/website-rows.ts';
import type { LogWriter, PostgresChangeLog } from '../changes/change-log.ts';
import { type Database, query, type Statements } from '../connection/database.ts';
import { sqlState } from '../connection/faults.ts';
import { firstAccount, lockFirstAccount } from '../people/first-account.ts';
import { join } from '../people/members.ts';
import { findWebsite, lockWebsite } from './find-website.ts';
import { createKey, findKey, keysOf, revokeKey } from './keys.ts';
import { ownHosts, proveOwnHost, unproven, unproveOwnHost } from './own-hosts.ts';

/** Websites, their settings and keys in Postgres. */
export function websites(db: Database, { changing }: Pick<PostgresChangeLog, 'changing'>): Websites {
  /** In a transaction: records a change of the website for every process. */
  const changed = async (tx: Statements, log: LogWriter, websiteId: WebsiteId): Promise<void> =>
    log.changed(websiteId, (await findWebsite(tx, 'id', websiteId))?.provenHost?.name);

  return {
    async create(website, owner) {
      return changing(async (tx, log) => {
        if ((await findKey(tx, website.publicKey)) !== undefined) return undefined;
        await lockFirstAccount(tx);
        const insert = query.insertInto('websites').values(newRow(website));
        const made = await tx.first(insert.onConflict((taken) => taken.doNothing()).returningAll());
        if (made === undefined) return undefined;
        const [id, at] = [made.id as WebsiteId, epochMs(website.createdAt)];
        if (!(await createKey(tx, id, website.publicKey, at))) throw new StoreUnreachable('busy'); // another took it just now
        const ownedBy = owner ?? (await firstAccount(tx));
        if (ownedBy !== undefined) await join(tx, id, ownedBy, 'owner', at);
        await log.changed(id, undefined);
        return toWebsite(made);
      });
    },

    async list() {
      return (await db.all(query.selectFrom('websites').selectAll().orderBy('origin'))).map(toWebsite);
    },

    byId: (id) => findWebsite(db, 'id', id),
    byConnection: (connection) => findWebsite(db, 'connection', connection),
    byOrigin: (origin) => findWebsite(db, 'origin', origin),
    byOwnHost: (host) => findWebsite(db, 'own_host', host),

    async byPublicKey(publicKey) {
      const row = await db.first(
        query
          .selectFrom('keys')
          .innerJoin('websites', 'websites.id', 'keys.website_id')
          .selectAll('websites')
          .where('keys.public_key', '=', publicKey)
          .where('keys.revoked_at', 'is', null),
      );
      return row && toWebsite(row);
    },

    ownHosts: () => ownHosts(db),
    unproven: (limit) => unproven(db, limit),

    async proveOwnHost(websiteId, host) {
      try {
        return await changing(async (tx, log) => {
          const proven = await proveOwnHost(tx, websiteId, host);
          if (proven) await changed(tx, log, websiteId);
          return proven;
        });
      } catch (error) {
        if (sqlState(error) === uniqueViolation) return false; // another website proved it just now
        throw error;
      }
    },

    async unproveOwnHost(websiteId, host) {
      await changing(async (tx, log) => {
        if (await unproveOwnHost(tx, websiteId, host)) await changed(tx, log, websiteId);
      });
    },

    async changeSettings(websiteId, settings, by = null) {
      return changing(async (tx, log) => {
        const before = await lockWebsite(tx, websiteId);
        if (before === undefined) return undefined;
        const after: WebsiteSettings = { ...before.settings, ...settings };
        const why = whyRedrawn(before.settings, settings);
        if (why !== null) await log.purge(websiteId, { kind: 'website' }, { by, why });
        const keepsHost = before.provenHost === null || before.provenHost.name === after.ownHost;
        const row = { ...settingsRow(after), ...(keepsHost ? {} : { own_host: null, own_host_by: null }) };
        await tx.run(query.updateTable('websites').set(row).where('id', '=', websiteId));
        await changed(tx, log, websiteId);
        return { before: before.settings, after };
      });
    },

    // Its pages and cards can no longer be requested; the sweep removes them, however many there are.
    async remove(origin) {
      return changing(async (tx, log) => {
        const removed = await tx.first(query.deleteFrom('websites').where('origin', '=', origin).returning('id'));
        if (removed === undefined) return false;
        await tx.run(query.deleteFrom('purges').where('website_id', '=', removed.id));
        await tx.run(query.deleteFrom('keys').where('website_id', '=', removed.id));
        await log.changed(removed.id as WebsiteId, undefined);
        return true;
      });
    },

    async createKey(websiteId, publicKey, at) {
      return changing(async (tx, log) => {
        if ((await lockWebsite(tx, websiteId)) === undefined) return false;
        const made = await createKey(tx, websiteId, publicKey, at);
        if (made) await changed(tx, log, websiteId);
        return made;
      });
    },

    findKey: (publicKey) => findKey(db, publicKey),
    keysOf: (websiteId) => keysOf(db, websiteId),

    async revokeKey(publicKey, at) {
      return changing(async (tx, log) => {
        const websiteId = await revokeKey(tx, publicKey, at);
        if (websiteId !== undefined) await changed(tx, log, websiteId);
        return websiteId !== undefined;
      });
    },
  };
}

const uniqueViolation = '23505';

function newRow({ origin, connection, publicKey, createdAt }: NewWebsite) {
  return { origin, connection, public_key: publicKey, ...settingsRow(defaultSettings), created_at: createdAt };
}

/** The settings, and what of them is looked for. */
function settingsRow(settings: WebsiteSettings) {
  return {
    settings: JSON.stringify(settings),
    wanted_host: settings.ownHost,
    fallback_hash: settings.fallbackPicture?.hash ?? null,
  };
}
