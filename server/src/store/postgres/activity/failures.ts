import { sql } from 'kysely';
import type { PageDecision, WorkedPage } from '../../../model/decision.ts';
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

/** In a transaction: records when pages gave no card. An unknown page gets a row with that alone. */
export async function noteFailures(
  tx: Statements,
  decisions: readonly PageDecision[],
  { now, pagesPerWebsite }: FailureOptions,
): Promise<void> {
  const failed = decisions.filter(({ decision }) => decision.kind === 'failed' || decision.kind === 'unfinished');
  const gone = decisions.filter(({ decision }) => decision.kind === 'gone');
  // A time in the future is from before the clock was set back.
  const worked = sql`worked_at = CASE WHEN pages.worked_at > ${now()} THEN 1 ELSE pages.worked_at END`;
  const asked = sql`asked_at = greatest(pages.asked_at, excluded.asked_at)`;
  if (failed.length > 0)
    await tx.run(sql`INSERT INTO pages (website_id, target, kept_version, asked_at, failed_at)
      SELECT website_id, target, 0, max(at), max(at) FROM ${each(failed, now)}
      WHERE website_id IN (SELECT id FROM websites) GROUP BY website_id, target ORDER BY website_id, target
      ON CONFLICT (website_id, target) DO UPDATE SET ${asked}, ${worked},
        failed_at = greatest(pages.failed_at, excluded.failed_at)`);
  if (gone.length > 0)
    await tx.run(sql`INSERT INTO pages (website_id, target, kept_version, asked_at, gone)
      SELECT website_id, target, 0, max(at), 1 FROM ${each(gone, now)}
      WHERE website_id IN (SELECT id FROM websites) GROUP BY website_id, target ORDER BY website_id, target
      ON CONFLICT (website_id, target) DO UPDATE SET ${asked}, ${worked},
        gone = CASE WHEN pages.worked_at > excluded.asked_at AND pages.worked_at <= ${now()} THEN pages.gone ELSE 1 END,
        failed_at = CASE WHEN pages.failed_at <= excluded.asked_at OR pages.failed_at > ${now()} THEN 0
          ELSE pages.failed_at END`);
  for (const websiteId of new Set([...failed, ...gone].map(({ websiteId }) => websiteId)))
    await forgetSome(tx, websiteId, pagesPerWebsite);
}

/** Rows of pages and when that was, none of them in the future. */
function each(decisions: readonly PageDecision[], now: Now) {
  return sql`(SELECT website_id, target, least(at, ${now()}) AS at FROM unnest(
    ${decisions.map(({ websiteId }) => websiteId)}::bigint[], ${decisions.map(({ target }) => target)}::text[],
    ${decisions.map(({ decision }) => wholeMs(decision.at))}::bigint[]) AS one (website_id, target, at)) AS each`;
}

/** Of pages that are listed because they gave no card: that they do again. */
export async function noteWorked(db: Statements, pages: readonly WorkedPage[], { now }: FailureOptions): Promise<void> {
  if (pages.length === 0) return;
  await db.run(sql`UPDATE pages SET gone = 0,
      worked_at = greatest(CASE WHEN worked_at > ${now()} THEN 0 ELSE worked_at END, least(worked.at, ${now()})),
      failed_at = CASE WHEN failed_at > ${now()} THEN 0 ELSE failed_at END
    FROM unnest(${pages.map(({ websiteId }) => websiteId)}::bigint[], ${pages.map(({ target }) => target)}::text[],
      ${pages.map(({ at }) => wholeMs(at))}::bigint[]) AS worked (website_id, target, at)
    WHERE pages.website_id = worked.website_id AND pages.target = worked.target COLLATE "C"
      AND (failed_at > worked_at OR gone = 1)`);
}

/** Removes the pages that never worked and were asked for longest ago, if there are too many of them or of all pages. */
async function forgetSome(tx: Statements, websiteId: number, pagesPerWebsite: number): Promise<void> {
  const row = await tx.first(sql<{ count: number; pages: number }>`
    SELECT (SELECT count(*) FROM pages WHERE website_id = ${websiteId} AND worked_at = 0) AS count,
      coalesce((SELECT count FROM page_counts WHERE website_id = ${websiteId}), 0) AS pages`);
  const { count = 0, pages = 0 } = row ?? {};
  const excess = Math.max(count - mostNeverWorked, Math.min(count, pages - pagesPerWebsite));
  if (excess <= 0) return;
  await tx.run(sql`DELETE FROM pages WHERE id IN (SELECT id FROM pages
    WHERE website_id = ${websiteId} AND worked_at = 0 ORDER BY asked_at LIMIT ${excess} FOR UPDATE SKIP LOCKED)`);
}

export async function dropOldFailures(db: Statements, now: number): Promise<void> {
  await db.run(sql`DELETE FROM pages WHERE worked_at = 0 AND asked_at < ${now - keptForMs}`);
}
