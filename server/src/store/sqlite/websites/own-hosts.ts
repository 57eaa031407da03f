import { sql } from 'kysely';
import type { HostName, WebsiteId } from '../../../model/website.ts';
import type { Database } from '../database.ts';

/** The host name of a website's own, in SQL; an index has it. */
export const ownHost = sql<string>`json_extract(settings, '$.ownHost')`;

/** Every host name that stands for a connection address, and whose it is. */
export function ownHosts(db: Database): ReadonlyMap<HostName, WebsiteId> {
  const websites = db.query.selectFrom('websites').select(['id', ownHost.as('host')]);
  const rows = db.all(websites.where(sql<boolean>`${ownHost} IS NOT NULL`));
  return new Map(rows.map(({ host, id }) => [host as HostName, id as WebsiteId]));
}
