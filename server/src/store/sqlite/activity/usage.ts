import { sql } from 'kysely';
import type { WebsiteId } from '../../../model/website.ts';
import type {
  HourlyRenderTimesRow,
  HourlyUsage,
  HourlyUsageRow,
  RenderTimesRow,
  UsageRow,
} from '../../ports/activity.ts';
import type { Database } from '../database.ts';

/** Adds to the counts of the hours and of their days: the counts of a day are the sum of those of its hours. */
export function noteUsage(
  db: Database,
  usage: readonly HourlyUsageRow[],
  renderTimes: readonly HourlyRenderTimesRow[],
): void {
  const { query } = db;
  db.transaction(() => {
    for (const { websiteId, hour, consumer, ...counts } of usage) {
      const row = { website_id: websiteId, consumer, ...counts };
      const grown = Object.fromEntries(
        Object.entries(counts).map(([name, by]) => [name, sql<number>`${sql.ref(name)} + ${by}`]),
      );
      const ofDay = query.insertInto('usage').values({ ...row, day: Math.floor(hour / 24) });
      db.run(ofDay.onConflict((c) => c.columns(['website_id', 'day', 'consumer']).doUpdateSet(grown)));
      const ofHour = query.insertInto('hourly_usage').values({ ...row, hour });
      db.run(ofHour.onConflict((c) => c.columns(['website_id', 'hour', 'consumer']).doUpdateSet(grown)));
    }
    for (const { websiteId, hour, bucket, count } of renderTimes) {
      const row = { website_id: websiteId, bucket, count };
      const grown = { count: sql<number>`count + ${count}` };
      const ofDay = query.insertInto('render_times').values({ ...row, day: Math.floor(hour / 24) });
      db.run(ofDay.onConflict((c) => c.columns(['website_id', 'day', 'bucket']).doUpdateSet(grown)));
      const ofHour = query.insertInto('hourly_render_times').values({ ...row, hour });
      db.run(ofHour.onConflict((c) => c.columns(['website_id', 'hour', 'bucket']).doUpdateSet(grown)));
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

export function hourlyUsageOf(db: Database, websiteIds: readonly WebsiteId[], hour: number): HourlyUsage {
  const { query } = db;
  if (websiteIds.length === 0) return { usage: [], renderTimes: [] };
  const usage = query.selectFrom('hourly_usage').selectAll().where('website_id', 'in', websiteIds);
  const times = query.selectFrom('hourly_render_times').selectAll().where('website_id', 'in', websiteIds);
  return {
    usage: db
      .all(usage.where('hour', '>=', hour).orderBy('hour'))
      .map(({ website_id, ...counts }) => ({ websiteId: website_id as WebsiteId, ...counts })),
    renderTimes: db
      .all(times.where('hour', '>=', hour))
      .map(({ website_id, ...row }) => ({ websiteId: website_id as WebsiteId, ...row })),
  };
}

// A year and a month, for comparison with the year before.
const keptDays = 400;
// Twice the longest period that is told by hours, for comparison with the one before, and the day under way.
const keptDaysOfHours = 5;

export function dropOldUsage(db: Database, day: number): void {
  const { query } = db;
  for (const table of ['usage', 'render_times'] as const)
    db.run(query.deleteFrom(table).where('day', '<', day - keptDays));
  for (const table of ['hourly_usage', 'hourly_render_times'] as const)
    db.run(query.deleteFrom(table).where('hour', '<', (day - keptDaysOfHours) * 24));
  for (const table of ['usage', 'render_times', 'hourly_usage', 'hourly_render_times'] as const) {
    const known = query.selectFrom('websites').select('id');
    db.run(query.deleteFrom(table).where('website_id', 'not in', known));
  }
}
