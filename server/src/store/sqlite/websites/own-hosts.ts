import { sql } from 'kysely';
import type { HostName, ProvenHost, Website, WebsiteId } from '../../../model/website.ts';
import { toWebsite } from '../../records/website-rows.ts';
import type { Database } from '../database.ts';

/** Every proven custom host name and its website. */
export function ownHosts(db: Database): ReadonlyMap<HostName, WebsiteId> {
  const rows = db.all(db.query.selectFrom('websites').select(['id', 'own_host']).where('own_host', 'is not', null));
  return new Map(rows.map(({ own_host, id }) => [own_host as HostName, id as WebsiteId]));
}

export function byOwnHost(db: Database, host: HostName): Website | undefined {
  const row = db.first(db.query.selectFrom('websites').selectAll().where('own_host', '=', host));
  return row && toWebsite(row);
}

// Worded like the index `websites_unproven`, so that SQLite uses it.
const wanted = sql<string | null>`json_extract(settings, '$.ownHost')`;

/** Returns false if another website has it, or this one does not claim it. */
export function proveOwnHost(db: Database, websiteId: WebsiteId, { name, by }: ProvenHost): boolean {
  const holder = byOwnHost(db, name);
  if (holder !== undefined && holder.id !== websiteId) return false;
  const prove = db.query.updateTable('websites').set({ own_host: name, own_host_by: by }).where('id', '=', websiteId);
  return db.run(prove.where(sql<boolean>`${wanted} = ${name}`)).changes > 0;
}

export function unproveOwnHost(db: Database, websiteId: WebsiteId, host: HostName): boolean {
  const unprove = db.query.updateTable('websites').set({ own_host: null, own_host_by: null });
  return db.run(unprove.where('id', '=', websiteId).where('own_host', '=', host)).changes > 0;
}

/** In a transaction, after settings changed: drops the proof of a host that is no longer claimed. */
export function forgetOtherHost(db: Database, websiteId: WebsiteId): void {
  const forget = db.query.updateTable('websites').set({ own_host: null, own_host_by: null });
  db.run(forget.where('id', '=', websiteId).where(sql<boolean>`own_host IS NOT ${wanted}`));
}

export function unproven(db: Database, limit: number): Website[] {
  const { query } = db;
  const asking = query
    .selectFrom('websites')
    .selectAll()
    .where(sql<boolean>`${wanted} IS NOT NULL`)
    .where('own_host', 'is', null);
  return db.all(asking.orderBy('id', 'desc').limit(limit)).map(toWebsite);
}
