import { sql } from 'kysely';
import type { PageDecision } from '../../../model/decision.ts';
import { wholeMs } from '../../records/whole-ms.ts';
import type { Now } from '../clock.ts';
import type { Statements } from '../connection/database.ts';

export interface FailureOptions {
  readonly now: Now;
  readonly pagesPerWebsite: number;
}

// Invented paths fail too, so pages that never worked have their own bound.
const mostNeverWorked = 1000;
// Pages not requested for this long no longer matter to their owner.
const keptForMs = 30 * 24 * 3_600_000;

/** In a transaction: records when pages failed. An unknown page gets a row with that alone. */
export async function noteFailures(
  tx: Statements,
  decisions: readonly PageDecision[],
  { now, pagesPerWebsite }: FailureOptions,
): Promise<void> {
  const failed = decisions.filter(({ decision }) => decision.kind === 'failed');
  if (failed.length === 0) return;
  await tx.run(sql`
    INSERT INTO pages (website_id, target, kept_version, asked_at, failed_at)
    SELECT website_id, target, 0, max(at), max(at)
    FROM (SELECT website_id, target, least(at, ${now()}) AS at FROM unnest(
      ${failed.map(({ websiteId }) => websiteId)}::bigint[], ${failed.map(({ target }) => target)}::text[],
      ${failed.map(({ decision }) => wholeMs(decision.at))}::bigint[]) AS each (website_id, target, at)) AS failed
    WHERE website_id IN (SELECT id FROM websites)
    GROUP BY website_id, target ORDER BY website_id, target
    ON CONFLICT (website_id, target) DO UPDATE SET failed_at = greatest(pages.failed_at, excluded.failed_at),
      worked_at = CASE WHEN pages.worked_at > ${now()} THEN 1 ELSE pages.worked_at END`);
  // A time in the future is from before the clock was set back.
  for (const websiteId of new Set(failed.map((each) => each.websiteId)))
    await forgetSome(tx, websiteId, pagesPerWebsite);
}

/** Removes the pages that never worked and failed longest ago, if there are too many of them or of all pages. */
async function forgetSome(tx: Statements, websiteId: number, pagesPerWebsite: number): Promise<void> {
  const row = await tx.first(sql<{ count: number; pages: number }>`
    SELECT (SELECT count(*) FROM pages WHERE website_id = ${websiteId} AND worked_at = 0) AS count,
      coalesce((SELECT count FROM page_counts WHERE website_id = ${websiteId}), 0) AS pages`);
  const { count = 0, pages = 0 } = row ?? {};
  const excess = Math.max(count - mostNeverWorked, Math.min(count, pages - pagesPerWebsite));
  if (excess <= 0) return;
  await tx.run(sql`DELETE FROM pages WHERE id IN (SELECT id FROM pages
    WHERE website_id = ${websiteId} AND worked_at = 0 ORDER BY failed_at LIMIT ${excess} FOR UPDATE SKIP LOCKED)`);
}

export async function dropOldFailures(db: Statements, now: number): Promise<void> {
  await db.run(sql`DELETE FROM pages WHERE worked_at = 0 AND failed_at < ${now - keptForMs}`);
}
