import { sql } from 'kysely';
import type { WebsiteId } from '../../../model/website.ts';
import type { RenderTimesRow, UsageRow } from '../../ports/activity.ts';
import { type Database, query, type Statements } from '../connection/database.ts';

const counters = ['requests', 'hits', 'slow', 'checked', 'renders', 'revalidations', 'fetches', 'failures'] as const;

/** Adds to the counts. Rows are written in the order of their keys, so that no two nodes wait for each other. */
export async function noteUsage(
  db: Database,
  usage: readonly UsageRow[],
  renderTimes: readonly RenderTimesRow[],
): Promise<void> {
  const column = (name: keyof UsageRow, type: string) => sql`${usage.map((row) => row[name])}::${sql.raw(type)}[]`;
  const names = sql.join(counters.map((name) => sql.ref(name)));
  await db.transaction(async (tx) => {
    if (usage.length > 0)
      await tx.run(sql`INSERT INTO usage (website_id, day, consumer, ${names})
        SELECT website_id, day, consumer, ${sql.join(counters.map((name) => sql`sum(${sql.ref(name)})::bigint`))}
        FROM unnest(${column('websiteId', 'bigint')}, ${column('day', 'integer')}, ${column('consumer', 'text')},
          ${sql.join(counters.map((name) => column(name, 'bigint')))}) AS each (website_id, day, consumer, ${names})
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        ON CONFLICT (website_id, day, consumer) DO UPDATE SET
          ${sql.join(counters.map((name) => sql`${sql.ref(name)} = usage.${sql.ref(name)} + excluded.${sql.ref(name)}`))}`);
    if (renderTimes.length > 0)
      await tx.run(sql`INSERT INTO render_times (website_id, day, bucket, count)
        SELECT website_id, day, bucket, sum(count)::bigint
        FROM unnest(${renderTimes.map((row) => row.websiteId)}::bigint[], ${renderTimes.map((row) => row.day)}::integer[],
          ${renderTimes.map((row) => row.bucket)}::integer[], ${renderTimes.map((row) => row.count)}::bigint[])
          AS each (website_id, day, bucket, count)
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        ON CONFLICT (website_id, day, bucket) DO UPDATE SET count = render_times.count + excluded.count`);
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

// A year and a month, for comparison with the year before.
const keptDays = 400;

export async function dropOldUsage(db: Statements, day: number): Promise<void> {
  for (const table of ['usage', 'render_times'] as const) {
    const known = query.selectFrom('websites').select('id');
    await db.run(
      query
        .deleteFrom(table)
        .where((old) => old.or([old('day', '<', day - keptDays), old('website_id', 'not in', known)])),
    );
  }
}
