import type { Selectable } from 'kysely';
import type { Change } from '../../model/change.ts';
import type { HostName, Target, WebsiteId } from '../../model/website.ts';
import type { Tables } from './schema.ts';

export function toChange({ seq: purgeVersion, kind, value, website_id }: Selectable<Tables['changes']>): Change {
  const websiteId = website_id as WebsiteId;
  switch (kind) {
    case 'changed':
      return { kind: 'website', purgeVersion, websiteId, ownHost: value === '' ? null : (value as HostName) };
    case 'page':
      return { kind: 'purge', purgeVersion, websiteId, scope: { kind, target: value as Target } };
    case 'prefix':
      return { kind: 'purge', purgeVersion, websiteId, scope: { kind, prefix: value as Target } };
    case 'website':
      return { kind: 'purge', purgeVersion, websiteId, scope: { kind } };
  }
}
