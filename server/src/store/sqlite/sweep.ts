import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from './database.ts';

// A batch holds the write lock and the event loop for a few milliseconds.
const batch = 500;
// The log that other processes read: more changes than come between two looks of any process.
const keptChanges = 10_000;
// A page's purge also makes the page's next fetch pass the caches on its way; none of them keeps a page for longer.
const purgeAgeMs = 30 * 24 * 3_600_000;

/** Removes cards that purges made void and what belongs to removed websites. Gives how many cards went. */
export async function removeVoid(db: Database, now: number): Promise<number> {
  const { query } = db;
  let removed = 0;
  const purges = db.all(query.selectFrom('purges').selectAll());
  for (const { website_id, kind, value, seq } of purges) {
    const covered = query
      .selectFrom('cards')
      .innerJoin('pages', 'pages.id', 'cards.page_id')
      .select('cards.id')
      .where('pages.website_id', '=', website_id)
      .where('cards.mark', '<', seq)
      .$if(kind === 'page', (q) => q.where('pages.target', '=', value))
      .$if(kind === 'prefix', (q) =>
        q.where('pages.target', '>=', value).where(sql<boolean>`substr(pages.target, 1, length(${value})) = ${value}`),
      )
      .limit(batch);
    removed += await inBatches(() => db.run(query.deleteFrom('cards').where('id', 'in', covered)).changes);
  }

  const orphanPages = query
    .selectFrom('pages')
    .select('id')
    .where('website_id', 'not in', query.selectFrom('websites').select('id'))
    .limit(batch);
  removed += await inBatches(() =>
    db.transaction(() => {
      const cards = db.run(query.deleteFrom('cards').where('page_id', 'in', orphanPages)).changes;
      const pages = db.run(query.deleteFrom('pages').where('id', 'in', orphanPages)).changes;
      return Math.max(cards, pages);
    }),
  );

  db.run(
    query
      .deleteFrom('purges')
      .where('kind', '=', 'page')
      .where('at', '<', now - purgeAgeMs),
  );
  const newest = query.selectFrom('changes').select(sql<number>`max(seq) - ${keptChanges}`.as('seq'));
  db.run(query.deleteFrom('changes').where('seq', '<', newest));
  return removed;
}

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

/** Removes the cards that were not asked for longest until the pictures fit. Gives how many, and the bytes that stay. */
export async function evict(db: Database, budget: number): Promise<{ removed: number; bytes: number }> {
  const { query } = db;
  let removed = 0;
  let bytes = pictureBytes(db);
  while (bytes > budget) {
    const oldest = db.all(
      query
        .selectFrom('cards')
        .select(['id', 'picture_hash', 'picture_size'])
        .where('picture_hash', 'is not', null)
        .orderBy('asked_at')
        .limit(batch),
    );
    if (oldest.length === 0) break;
    db.transaction(() => {
      for (const { id, picture_hash, picture_size } of oldest) {
        if (bytes <= budget) return;
        db.run(query.deleteFrom('cards').where('id', '=', id));
        removed++;
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

async function inBatches(remove: () => number): Promise<number> {
  let removed = 0;
  for (;;) {
    const changes = remove();
    removed += changes;
    if (changes < batch) return removed;
    await nextTurn();
  }
}
