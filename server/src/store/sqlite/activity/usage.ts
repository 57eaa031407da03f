import { sql } from 'kysely';
import type { WebsiteId } from '../../../model/website.ts';
import type { RenderTimesRow, UsageRow } from '../../ports/activity.ts';
import type { Database } from '../database.ts';

/** Adds to the counts of existing websites. */
export function noteUsage(db: Database, usage: readonly UsageRow[], renderTimes: readonly RenderTimesRow[]): void {
  const { query } = db;
  db.transaction(() => {
    for (const { websiteId, day, consumer, ...counts } of usage) {
      const insert = query.insertInto('usage').values({ website_id: websiteId, day, consumer, ...counts });
      const grown = Object.fromEntries(
        Object.entries(counts).map(([name, by]) => [name, sql<number>`${sql.ref(name)} + ${by}`]),
      );
      db.run(insert.onConflict((row) => row.columns(['website_id', 'day', 'consumer']).doUpdateSet(grown)));
    }
    for (const { websiteId, day, bucket, count } of renderTimes) {
      const insert = query.insertInto('render_times').values({ website_id: websiteId, day, bucket, count });
      db.run(
        insert.onConflict((c) =>
          c.columns(['website_id', 'day', 'bucket']).doUpdateSet({ count: sql`count + ${count}` }),
        ),
      );
    }
  });
}

export function usageOf(db: Database, websiteIds: readonly WebsiteId[], day: number) {
  const { query } = db;
  if (websiteIds.length === 0) return { usage: [], renderTimes: [] };
  const usage = query.selectFrom('usage').selectAll().where('website_id', 'in', websiteIds).where('day', '>=', day);
  const times = query
    .selectFrom('render_times')
    .selectAll()
    .where('website_id', 'in', websiteIds)
    .where('day', '>=', day);
  return {
    usage: db
      .all(usage.orderBy('day'))
      .map(({ website_id, ...counts }): UsageRow => ({ websiteId: website_id as WebsiteId, ...counts })),
    renderTimes: db
      .all(times)
      .map(({ website_id, ...row }): RenderTimesRow => ({ websiteId: website_id as WebsiteId, ...row })),
  };
}

// A year and a month, for comparison with the year before.
const keptDays = 400;

export function dropOldUsage(db: Database, day: number): void {
  for (const table of ['usage', 'render_times'] as const) {
    db.run(db.query.deleteFrom(table).where('day', '<', day - keptDays));
    const known = db.query.selectFrom('websites').select('id');
    db.run(db.query.deleteFrom(table).where('website_id', 'not in', known));
  }
}
