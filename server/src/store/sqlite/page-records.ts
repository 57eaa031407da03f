import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { MetaTag } from '../../model/meta-tag.ts';
import { type EpochMs, epochMs } from '../../model/units.ts';
import type { Target, WebsiteId } from '../../model/website.ts';
import type { Asked, PageRecord } from '../store.ts';
import type { Database } from './database.ts';
import { isCard } from './rows.ts';

// A batch holds the write lock and the event loop for a few milliseconds.
const batch = 200;

export async function noteAsked(db: Database, cards: Iterable<Asked>, at: EpochMs): Promise<void> {
  const { query } = db;
  const rest = [...cards];
  while (rest.length > 0) {
    const some = rest.splice(0, batch);
    db.transaction(() => {
      for (const { id, requests } of some) {
        const more = sql<number>`requests + ${requests}`;
        const counted = { asked_at: at, requests: more };
        const page = query.updateTable('pages').set(counted).where('website_id', '=', id.websiteId);
        const row = db.first(page.where('target', '=', id.target).returning('id'));
        if (row === undefined) continue;
        db.run(query.updateTable('cards').set({ asked_at: at }).where(isCard(id)));
        const insert = query.insertInto('page_requests').values({ page_id: row.id, consumer: id.consumer, requests });
        db.run(insert.onConflict((same) => same.columns(['page_id', 'consumer']).doUpdateSet({ requests: more })));
      }
    });
    if (rest.length > 0) await nextTurn();
  }
}

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
