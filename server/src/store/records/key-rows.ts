import type { Selectable } from 'kysely';
import { epochMs } from '../../model/units.ts';
import type { PublicKey, WebsiteId } from '../../model/website.ts';
import type { Key } from '../ports/websites.ts';
import type { Tables } from './schema.ts';

export function toKey(row: Selectable<Tables['keys']>): Key {
  return {
    publicKey: row.public_key as PublicKey,
    websiteId: row.website_id as WebsiteId,
    createdAt: epochMs(row.created_at),
    revokedAt: row.revoked_at === null ? null : epochMs(row.revoked_at),
  };
}
