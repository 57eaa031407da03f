import type { MetaTag } from '../../../model/meta-tag.ts';
import { epochMs } from '../../../model/units.ts';
import type { Target, WebsiteId } from '../../../model/website.ts';
import type { PageRecord } from '../../ports/activity.ts';
import { troubleOf } from '../../records/page-conditions.ts';
import { coveringPurge } from '../changes/purges.ts';
import { query, type Statements } from '../connection/database.ts';

export async function pageRecord(db: Statements, websiteId: WebsiteId, target: Target): Promise<PageRecord> {
  const page = query
    .selectFrom('pages')
    .select(['id', 'tags', 'asked_at', 'kept_version', 'failed_at', 'worked_at', 'gone'])
    .select(coveringPurge(websiteId, target).as('purge'))
    .where('website_id', '=', websiteId);
  const row = await db.first(page.where('target', '=', target));
  if (row === undefined) return { condition: null, tags: null, requests: [], askedAt: null };
  const requests = query.selectFrom('page_requests').select(['consumer', 'requests']).where('page_id', '=', row.id);
  return {
    condition: { trouble: troubleOf(row), isPurged: row.kept_version < row.purge },
    tags: row.tags === null ? null : (JSON.parse(row.tags) as MetaTag[]),
    requests: await db.all(requests.orderBy('requests', 'desc').orderBy('consumer')),
    askedAt: epochMs(row.asked_at),
  };
}
