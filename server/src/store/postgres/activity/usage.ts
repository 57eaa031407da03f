import { sql } from 'kysely';
import type { WebsiteId } from '../../../model/website.ts';
import type {
  HourlyRenderTimesRow,
  HourlyUsage,
  HourlyUsageRow,
  RenderTimesRow,
  UsageRow,
} from '../../ports/activity.ts';
import { type Database, query, type Statements } from '../connection/database.ts';

const counters = ['requests', 'hits', 'slow', 'checked', 'renders', 'revalidations', 'fetches', 'failures'] as const;
// Each table, its column of time, and how that follows from the hour.
const countsBy = [
  ['usage', 'day', 'hour / 24'],
  ['hourly_usage', 'hour', 'hour'],
] as const;
const timesBy = [
  ['render_times', 'day', 'hour / 24'],
  ['hourly_render_times', 'hour', 'hour'],
] as const;

/**
 * Adds to the counts of the hours and of their days: the counts of a day are the sum of those of its hours. Rows are written
 * in the order of their keys, so that no two nodes wait for each other.
 */
export async function noteUsage(
  db: Database,
  usage: readonly HourlyUsageRow[],
  renderTimes: readonly HourlyRenderTimesRow[],
): Promise<void> {
  const column = (name: keyof HourlyUsageRow, type: string) =>
    sql`${usage.map((row) => row[name])}::${sql.raw(type)}[]`;
  const names = sql.join(counters.map((name) => sql.ref(name)));
  await db.transaction(async (tx) => {
    if (usage.length > 0)
      for (const [table, time, value] of countsBy)
        await tx.run(sql`INSERT INTO ${sql.table(table)} (website_id, ${sql.ref(time)}, consumer, ${names})
        SELECT website_id, ${sql.raw(value)}, consumer, ${sql.join(counters.map((name) => sql`sum(${sql.ref(name)})::bigint`))}
        FROM unnest(${column('websiteId', 'bigint')}, ${column('hour', 'integer')}, ${column('consumer', 'text')},
          ${sql.join(counters.map((name) => column(name, 'bigint')))}) AS each (website_id, hour, consumer, ${names})
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        ON CONFLICT (website_id, ${sql.ref(time)}, consumer) DO UPDATE SET
          ${sql.join(counters.map((name) => sql`${sql.ref(name)} = ${sql.table(table)}.${sql.ref(name)} + excluded.${sql.ref(name)}`))}`);
    if (renderTimes.length > 0)
      for (const [table, time, value] of timesBy)
        await tx.run(sql`INSERT INTO ${sql.table(table)} (website_id, ${sql.ref(time)}, bucket, count)
        SELECT website_id, ${sql.raw(value)}, bucket, sum(count)::bigint
        FROM unnest(${renderTimes.map((row) => row.websiteId)}::bigint[], ${renderTimes.map((row) => row.hour)}::integer[],
          ${renderTimes.map((row) => row.bucket)}::integer[], ${renderTimes.map((row) => row.count)}::bigint[])
          AS each (website_id, hour, bucket, count)
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        ON CONFLICT (website_id, ${sql.ref(time)}, bucket) DO UPDATE SET count = ${sql.table(table)}.count + excluded.count`);
  });
}

export async function usageOf(db: Statements, websiteIds: readonly WebsiteId[], day: number) {
  if (websiteIds.length === 0) return { usage: [], renderTimes: [] };
  const usage = query.selectFrom('usage').selectAll().where('website_id', 'in', websiteIds).where('day', '>=', day);
  const times = query
    .selectFrom('render_times')
    .selectAll()
    .where('website_id', 'in', websiteIds)
    .where('day', '>=', day);
  return {
    usage: (await db.all(usage.orderBy('day'))).map(
      ({ website_id, ...counts }): UsageRow => ({ websiteId: website_id as WebsiteId, ...counts }),
    ),
    renderTimes: (await db.all(times)).map(
      ({ website_id, ...row }): RenderTimesRow => ({ websiteId: website_id as WebsiteId, ...row }),
    ),
  };
}

export async function hourlyUsageOf(
  db: Statements,
  websiteIds: readonly WebsiteId[],
  hour: number,
): Promise<HourlyUsage> {
  if (websiteIds.length === 0) return { usage: [], renderTimes: [] };
  const usage = query.selectFrom('hourly_usage').selectAll().where('website_id', 'in', websiteIds);
  const times = query.selectFrom('hourly_render_times').selectAll().where('website_id', 'in', websiteIds);
  return {
    usage: (await db.all(usage.where('hour', '>=', hour).orderBy('hour'))).map(({ website_id, ...counts }) => ({
      websiteId: website_id as WebsiteId,
      ...counts,
    })),
    renderTimes: (await db.all(times.where('hour', '>=', hour))).map(({ website_id, ...row }) => ({
      websiteId: website_id as WebsiteId,
      ...row,
    })),
  };
}

// A year and a month, for comparison with the year before.
const keptDays = 400;
// Twice the longest period that is told by hours, for comparison with the one before, and the day under way.
const keptDaysOfHours = 5;

export async function dropOldUsage(db: Statements, day: number): Promise<void> {
  for (const table of ['usage', 'render_times'] as const)
    await db.run(query.deleteFrom(table).where('day', '<', day - keptDays));
  for (const table of ['hourly_usage', 'hourly_render_times'] as const)
    await db.run(query.deleteFrom(table).where('hour', '<', (day - keptDaysOfHours) * 24));
  for (const table of ['usage', 'render_times', 'hourly_usage', 'hourly_render_times'] as const) {
    const known = query.selectFrom('websites').select('id');
    await db.run(query.deleteFrom(table).where('website_id', 'not in', known));
  }
}
