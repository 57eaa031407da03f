import type { MetaTag } from '../../../model/meta-tag.ts';
import { epochMs } from '../../../model/units.ts';
import type { Target, WebsiteId } from '../../../model/website.ts';
import type { PageRecord } from '../../ports/activity.ts';
import { troubleOf } from '../../records/page-conditions.ts';
import { coveringPurge } from '../changes/purges.ts';
import type { Database } from '../database.ts';

export function pageRecord(db: Database, websiteId: WebsiteId, target: Target): PageRecord {
  const { query } = db;
  const page = query
    .selectFrom('pages')
    .select(['id', 'tags', 'asked_at', 'kept_version', 'failed_at', 'worked_at', 'gone'])
    .where('website_id', '=', websiteId);
  const row = db.first(page.where('target', '=', target));
  if (row === undefined) return { condition: null, tags: null, requests: [], askedAt: null };
  const requests = query.selectFrom('page_requests').select(['consumer', 'requests']).where('page_id', '=', row.id);
  const purge = db.first(query.selectNoFrom(coveringPurge(websiteId, target).as('seq')))?.seq ?? 0;
  return {
    condition: { trouble: troubleOf(row), isPurged: row.kept_version < purge },
    tags: row.tags === null ? null : (JSON.parse(row.tags) as MetaTag[]),
    requests: db.all(requests.orderBy('requests', 'desc')),
    askedAt: epochMs(row.asked_at),
  };
}
