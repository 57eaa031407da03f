import type { Selectable } from 'kysely';
import { defaultSettings, type HostName, type Website, type WebsiteId } from '../../model/website.ts';
import type { Tables } from './schema.ts';

/** A row as a website; stored text is trusted to be ours. */
export function toWebsite(row: Selectable<Tables['websites']>): Website {
  return {
    id: row.id as WebsiteId,
    origin: row.origin as Website['origin'],
    connection: row.connection as Website['connection'],
    publicKey: row.public_key as Website['publicKey'],
    settings: { ...defaultSettings, ...(JSON.parse(row.settings) as Partial<Website['settings']>) },
    provenHost:
      row.own_host === null
        ? null
        : { name: row.own_host as HostName, by: row.own_host_by === 'operator' ? 'operator' : 'dns' },
    createdAt: row.created_at,
  };
}
