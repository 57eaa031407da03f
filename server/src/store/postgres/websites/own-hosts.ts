import type { HostName, ProvenHost, Website, WebsiteId } from '../../../model/website.ts';
import { toWebsite } from '../../records/website-rows.ts';
import { query, type Statements } from '../connection/database.ts';

/** Every proven custom host name and its website. */
export async function ownHosts(db: Statements): Promise<ReadonlyMap<HostName, WebsiteId>> {
  const proven = query.selectFrom('websites').select(['id', 'own_host']).where('own_host', 'is not', null);
  return new Map((await db.all(proven)).map(({ own_host, id }) => [own_host as HostName, id as WebsiteId]));
}

/** Returns false if another website has it, or this one does not claim it. */
export async function proveOwnHost(db: Statements, websiteId: WebsiteId, { name, by }: ProvenHost): Promise<boolean> {
  const holder = await db.first(query.selectFrom('websites').select('id').where('own_host', '=', name));
  if (holder !== undefined && holder.id !== websiteId) return false;
  const prove = query.updateTable('websites').set({ own_host: name, own_host_by: by }).where('id', '=', websiteId);
  return (await db.run(prove.where('wanted_host', '=', name))) > 0;
}

export async function unproveOwnHost(db: Statements, websiteId: WebsiteId, host: HostName): Promise<boolean> {
  const unprove = query.updateTable('websites').set({ own_host: null, own_host_by: null });
  return (await db.run(unprove.where('id', '=', websiteId).where('own_host', '=', host))) > 0;
}

export async function unproven(db: Statements, limit: number): Promise<Website[]> {
  const asking = query
    .selectFrom('websites')
    .selectAll()
    .where('wanted_host', 'is not', null)
    .where('own_host', 'is', null);
  return (await db.all(asking.orderBy('id', 'desc').limit(limit))).map(toWebsite);
}
