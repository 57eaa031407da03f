import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Decision, PageDecision } from '../../../model/decision.ts';
import type { Target, WebsiteId } from '../../../model/website.ts';
import type { Activity } from '../../ports/activity.ts';
import { keptPerPage, keptPerWebsite } from '../../records/kept-decisions.ts';
import { purged } from '../../records/page-conditions.ts';
import { coversPage } from '../changes/purges.ts';
import type { Database } from '../database.ts';
import { prepared } from '../prepared.ts';
import { type FailureOptions, noteFailures, noteWorked } from './failures.ts';

// A batch holds the write lock and the event loop for a few milliseconds.
const batch = 200;

interface Row {
  readonly websiteId: WebsiteId;
  readonly target: Target;
  readonly decision: string;
}

/** Writes decisions down, and of each page keeps the last. */
export function decisionNotes(db: Database, options: FailureOptions): Activity['noteDecisions'] {
  const { query } = db;
  const insert = prepared<Row>((value) =>
    query
      .insertInto('decisions')
      .values({ website_id: value('websiteId'), target: value('target'), decision: value('decision') }),
  );
  const trim = prepared<Pick<Row, 'websiteId' | 'target'>>((value) => {
    const page = ofPage(db, value('websiteId'), value('target'));
    const older = page.select('id').orderBy('id', 'desc').limit(-1).offset(keptPerPage);
    return query.deleteFrom('decisions').where('id', 'in', older);
  });

  return async (decisions, worked = []) => {
    const rest = [...decisions];
    while (rest.length > 0) {
      const some = rest.splice(0, batch);
      db.transaction(() => {
        for (const ofPage of byPage(some)) {
          for (const { websiteId, target, decision } of ofPage.slice(-keptPerPage))
            db.runPrepared(insert, { websiteId, target, decision: JSON.stringify(decision) });
          if (ofPage[0] !== undefined) db.runPrepared(trim, ofPage[0]);
        }
        noteFailures(db, some, options);
      });
      if (rest.length > 0) await nextTurn();
    }
    for (let from = 0; from < worked.length; from += batch) {
      db.transaction(() => noteWorked(db, worked.slice(from, from + batch), options.clock.now()));
      await nextTurn();
    }
  };
}

function byPage(decisions: readonly PageDecision[]): Iterable<PageDecision[]> {
  return Map.groupBy(decisions, ({ websiteId, target }) => `${websiteId} ${target}`).values();
}

export function decisionsOf(db: Database, websiteId: WebsiteId, target: Target): Decision[] {
  const rows = db.all(ofPage(db, websiteId, target).select('decision').orderBy('id', 'desc').limit(keptPerPage));
  const noted = rows.map(({ decision }) => JSON.parse(decision) as Decision);
  const purges = db.all(
    db.query.selectFrom('purges').select(['at', 'why', 'actor']).where(coversPage(websiteId, target)),
  );
  return [...noted, ...purges.map(purged)].sort((a, b) => b.at - a.at);
}

/** Keeps the last decisions of each website, and none of removed websites. */
export async function dropOldDecisions(db: Database): Promise<void> {
  const { query } = db;
  const websites = db.all(query.selectFrom('decisions').select('website_id').distinct());
  const known = new Set(db.all(query.selectFrom('websites').select('id')).map(({ id }) => id));
  for (const { website_id } of websites) {
    const keep = known.has(website_id) ? keptPerWebsite : 0;
    const ids = query.selectFrom('decisions').select('id').where('website_id', '=', website_id);
    for (;;) {
      const older = ids.orderBy('id', 'desc').limit(batch).offset(keep);
      if (db.run(query.deleteFrom('decisions').where('id', 'in', older)).changes < batch) break;
      await nextTurn();
    }
  }
}

function ofPage(db: Database, websiteId: WebsiteId, target: Target) {
  return db.query.selectFrom('decisions').where('website_id', '=', websiteId).where('target', '=', target);
}
