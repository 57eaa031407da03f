import { setImmediate as nextTurn } from 'node:timers/promises';
import type { WebsiteId } from '../../../model/website.ts';
import type { Database } from '../database.ts';

// A batch holds the write lock and the event loop for a few milliseconds.
const batch = 500;

/** Bytes of all pictures, each counted once. */
export function pictureBytes(db: Database): number {
  const each = db.query
    .selectFrom('cards')
    .select('picture_size')
    .where('picture_hash', 'is not', null)
    .groupBy('picture_hash')
    .as('each');
  return (
    db.first(db.query.selectFrom(each).select((e) => e.fn.sum<number>('each.picture_size').as('bytes')))?.bytes ?? 0
  );
}

/** Removes the least recently requested cards until the pictures fit. Returns how many, and the remaining bytes. */
export async function evict(db: Database, budget: number): Promise<{ removed: number; bytes: number }> {
  const { query } = db;
  let removed = 0;
  let bytes = pictureBytes(db);
  while (bytes > budget) {
    const oldest = db.all(
      query
        .selectFrom('cards')
        .select(['id', 'page_id', 'picture_hash', 'picture_size'])
        .where('picture_hash', 'is not', null)
        .orderBy('asked_at')
        .limit(batch),
    );
    if (oldest.length === 0) break;
    db.transaction(() => {
      for (const { id, page_id, picture_hash, picture_size } of oldest) {
        if (bytes <= budget) return;
        db.run(query.deleteFrom('cards').where('id', '=', id));
        removed++;
        // What is not kept is not fresh.
        const page = query.updateTable('pages').set({ fresh_until: 0 }).where('id', '=', page_id);
        db.run(page.where('id', 'not in', query.selectFrom('cards').select('page_id').where('page_id', '=', page_id)));
        const shared = db.first(
          query.selectFrom('cards').select('id').where('picture_hash', '=', picture_hash).limit(1),
        );
        if (shared === undefined) bytes -= picture_size;
      }
    });
    await nextTurn();
  }
  return { removed, bytes };
}

// A lowered limit is reached step by step, so that keeping one page never waits for the removal of thousands.
const pagesAtOnce = 20;

/**
 * If there are too many: removes pages that never worked, then the least recently requested ones, except the one just
 * kept.
 */
export function evictPages(db: Database, websiteId: WebsiteId, justKept: number, limit: number): void {
  const { query } = db;
  const { page_count = 0 } =
    db.first(query.selectFrom('websites').select('page_count').where('id', '=', websiteId)) ?? {};
  const excess = Math.min(page_count - limit, pagesAtOnce);
  if (excess <= 0) return;
  const others = query.selectFrom('pages').select('id').where('website_id', '=', websiteId).where('id', '!=', justKept);
  const failed = db.all(others.where('worked_at', '=', 0).orderBy('asked_at').limit(excess));
  const worked = others
    .where('worked_at', '>', 0)
    .orderBy('asked_at')
    .limit(excess - failed.length);
  const ids = [...failed, ...db.all(worked)].map(({ id }) => id);
  db.run(query.deleteFrom('cards').where('page_id', 'in', ids));
  db.run(query.deleteFrom('pages').where('id', 'in', ids));
}
