import type { Selectable } from 'kysely';
import { defaultSettings, type Website, type WebsiteId } from '../../../model/website.ts';
import type { Schema } from '../schema.ts';

/** A row as a website; here stored text is believed to be what we wrote. */
export function toWebsite(row: Selectable<Schema['websites']>): Website {
  return {
    id: row.id as WebsiteId,
    origin: row.origin as Website['origin'],
    connection: row.connection as Website['connection'],
    publicKey: row.public_key as Website['publicKey'],
    settings: { ...defaultSettings, ...(JSON.parse(row.settings) as Partial<Website['settings']>) },
    createdAt: row.created_at,
  };
}
