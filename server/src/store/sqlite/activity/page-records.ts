import type { MetaTag } from '../../../model/meta-tag.ts';
import { epochMs } from '../../../model/units.ts';
import type { Target, WebsiteId } from '../../../model/website.ts';
import type { PageRecord } from '../../ports/activity.ts';
import type { Database } from '../database.ts';

export function pageRecord(db: Database, websiteId: WebsiteId, target: Target): PageRecord {
  const { query } = db;
  const page = query.selectFrom('pages').select(['id', 'tags', 'asked_at']).where('website_id', '=', websiteId);
  const row = db.first(page.where('target', '=', target));
  if (row === undefined) return { tags: null, requests: [], askedAt: null };
  const requests = query.selectFrom('page_requests').select(['consumer', 'requests']).where('page_id', '=', row.id);
  return {
    tags: row.tags === null ? null : (JSON.parse(row.tags) as MetaTag[]),
    requests: db.all(requests.orderBy('requests', 'desc')),
    askedAt: epochMs(row.asked_at),
  };
}

export function noteTags(db: Database, websiteId: WebsiteId, target: Target, tags: readonly MetaTag[]): void {
  const page = db.query.updateTable('pages').set({ tags: JSON.stringify(tags) });
  db.run(page.where('website_id', '=', websiteId).where('target', '=', target));
}
