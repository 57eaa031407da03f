import { sql } from 'kysely';
import type { PageDecision, WorkedPage } from '../../../model/decision.ts';
import type { Clock, EpochMs } from '../../../model/units.ts';
import type { Target, WebsiteId } from '../../../model/website.ts';
import { wholeMs } from '../../records/whole-ms.ts';
import { workedAt } from '../cards/worked-at.ts';
import type { Database } from '../database.ts';

export interface FailureOptions {
  readonly clock: Clock;
  readonly pagesPerWebsite: number;
}

// Invented paths fail too, so pages that never worked have their own bound.
const mostNeverWorked = 1000;
// Pages not requested for this long no longer matter to their owner.
const keptForMs = 30 * 24 * 3_600_000;

/** In a transaction: records when pages gave no card. An unknown page gets a row with that alone. */
export function noteFailures(db: Database, decisions: readonly PageDecision[], options: FailureOptions): void {
  const now = options.clock.now();
  const websites = new Set<WebsiteId>();
  for (const { websiteId, target, decision } of decisions) {
    const isGone = decision.kind === 'gone';
    if (!isGone && decision.kind !== 'failed' && decision.kind !== 'unfinished') continue;
    websites.add(websiteId);
    noteTrouble(db, websiteId, target, { at: Math.min(wholeMs(decision.at), now), isGone, now });
  }
  for (const websiteId of websites) forgetSome(db, websiteId, options.pagesPerWebsite);
}

/** In a transaction: of pages that are listed because they gave no card, that they do again. */
export function noteWorked(db: Database, pages: readonly WorkedPage[], now: EpochMs): void {
  for (const { websiteId, target, at } of pages) {
    const worked = { gone: 0, ...workedAt(Math.min(wholeMs(at), now), now) };
    const page = db.query.updateTable('pages').set(worked).where('website_id', '=', websiteId);
    const troubled = sql<boolean>`(failed_at > worked_at OR gone = 1)`;
    db.run(page.where('target', '=', target).where(troubled));
  }
}

interface Trouble {
  readonly at: number;
  readonly isGone: boolean;
  readonly now: number;
}

function noteTrouble(db: Database, websiteId: WebsiteId, target: Target, { at, isGone, now }: Trouble): void {
  const { query } = db;
  const row = query
    .selectFrom('websites')
    .select([
      'id',
      sql<string>`${target}`.as('target'),
      sql<number>`0`.as('kept_version'),
      sql<number>`${at}`.as('asked_at'),
      sql<number>`${isGone ? 0 : at}`.as('failed_at'),
      sql<number>`${isGone ? 1 : 0}`.as('gone'),
    ])
    .where('id', '=', websiteId);
  // A time in the future is from before the clock was set back.
  const worked = sql<number>`CASE WHEN worked_at > ${now} THEN 1 ELSE worked_at END`;
  const insert = query
    .insertInto('pages')
    .columns(['website_id', 'target', 'kept_version', 'asked_at', 'failed_at', 'gone'])
    .expression(row)
    .onConflict((known) =>
      known.columns(['website_id', 'target']).doUpdateSet({
        asked_at: sql`max(asked_at, excluded.asked_at)`,
        ...(isGone
          ? {
              gone: sql<number>`CASE WHEN worked_at > ${at} AND worked_at <= ${now} THEN gone ELSE 1 END`,
              // The answer is newer than the failure: the site works.
              failed_at: sql<number>`CASE WHEN failed_at <= ${at} OR failed_at > ${now} THEN 0 ELSE failed_at END`,
            }
          : { failed_at: sql<number>`max(failed_at, excluded.failed_at)` }),
        worked_at: worked,
      }),
    );
  db.run(insert);
}

/** Removes the pages that never worked and were asked for longest ago, if there are too many of them or of all pages. */
function forgetSome(db: Database, websiteId: WebsiteId, pagesPerWebsite: number): void {
  const { query } = db;
  const neverWorked = query.selectFrom('pages').where('website_id', '=', websiteId).where('worked_at', '=', 0);
  const { count = 0 } = db.first(neverWorked.select((e) => e.fn.countAll<number>().as('count'))) ?? {};
  const website = query.selectFrom('websites').select('page_count').where('id', '=', websiteId);
  const { page_count = 0 } = db.first(website) ?? {};
  const excess = Math.max(count - mostNeverWorked, Math.min(count, page_count - pagesPerWebsite));
  if (excess <= 0) return;
  const oldest = neverWorked.select('id').orderBy('asked_at').limit(excess);
  db.run(query.deleteFrom('pages').where('id', 'in', oldest));
}

export function dropOldFailures(db: Database, now: number): void {
  const old = db.query.deleteFrom('pages').where('worked_at', '=', 0);
  db.run(old.where('asked_at', '<', now - keptForMs));
}
