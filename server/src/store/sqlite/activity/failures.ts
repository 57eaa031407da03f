import { sql } from 'kysely';
import type { PageDecision } from '../../../model/decision.ts';
import type { Clock } from '../../../model/units.ts';
import type { WebsiteId } from '../../../model/website.ts';
import { wholeMs } from '../../records/whole-ms.ts';
import type { Database } from '../database.ts';

export interface FailureOptions {
  readonly clock: Clock;
  readonly pagesPerWebsite: number;
}

// Invented paths fail too, so pages that never worked have their own bound.
const mostNeverWorked = 1000;
// Pages not requested for this long no longer matter to their owner.
const keptForMs = 30 * 24 * 3_600_000;

/** In a transaction: records when pages failed. An unknown page gets a row with that alone. */
export function noteFailures(db: Database, decisions: readonly PageDecision[], options: FailureOptions): void {
  const { query } = db;
  const now = options.clock.now();
  const websites = new Set<WebsiteId>();
  for (const { websiteId, target, decision } of decisions) {
    if (decision.kind !== 'failed') continue;
    websites.add(websiteId);
    const at = Math.min(wholeMs(decision.at), now);
    const row = query
      .selectFrom('websites')
      .select([
        'id',
        sql<string>`${target}`.as('target'),
        sql<number>`0`.as('kept_version'),
        sql<number>`${at}`.as('asked_at'),
        sql<number>`${at}`.as('failed_at'),
      ])
      .where('id', '=', websiteId);
    const insert = query
      .insertInto('pages')
      .columns(['website_id', 'target', 'kept_version', 'asked_at', 'failed_at'])
      .expression(row)
      .onConflict((known) =>
        known.columns(['website_id', 'target']).doUpdateSet({
          failed_at: sql`max(failed_at, excluded.failed_at)`,
          // A time in the future is from before the clock was set back.
          worked_at: sql`CASE WHEN worked_at > ${now} THEN 1 ELSE worked_at END`,
        }),
      );
    db.run(insert);
  }
  for (const websiteId of websites) forgetSome(db, websiteId, options.pagesPerWebsite);
}

/** Removes the pages that never worked and failed longest ago, if there are too many of them or of all pages. */
function forgetSome(db: Database, websiteId: WebsiteId, pagesPerWebsite: number): void {
  const { query } = db;
  const neverWorked = query.selectFrom('pages').where('website_id', '=', websiteId).where('worked_at', '=', 0);
  const { count = 0 } = db.first(neverWorked.select((e) => e.fn.countAll<number>().as('count'))) ?? {};
  const website = query.selectFrom('websites').select('page_count').where('id', '=', websiteId);
  const { page_count = 0 } = db.first(website) ?? {};
  const excess = Math.max(count - mostNeverWorked, Math.min(count, page_count - pagesPerWebsite));
  if (excess <= 0) return;
  const oldest = neverWorked.select('id').orderBy('failed_at').limit(excess);
  db.run(query.deleteFrom('pages').where('id', 'in', oldest));
}

export function dropOldFailures(db: Database, now: number): void {
  const old = db.query.deleteFrom('pages').where('worked_at', '=', 0);
  db.run(old.where('failed_at', '<', now - keptForMs));
}
