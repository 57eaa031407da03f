import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../../model/units.ts';
import type { Target, WebsiteId } from '../../../model/website.ts';
import type { Renewal } from '../../ports/cards.ts';
import { responseValues } from '../../records/card-rows.ts';
import { isOlder } from '../../records/order.ts';
import { wholeMs } from '../../records/whole-ms.ts';
import { coveringPurge } from '../changes/purges.ts';
import type { Database } from '../database.ts';
import { prepared } from '../prepared.ts';
import { workedAt } from './worked-at.ts';

// A batch holds the write lock and the event loop for a few milliseconds.
const batch = 200;

type Row = ReturnType<typeof responseValues> & {
  readonly websiteId: WebsiteId;
  readonly target: Target;
  readonly responseId: string;
  readonly freshUntil: number;
  readonly worked: number;
  readonly now: number;
};

/** Renews cards after a `304`. */
export function renewals(db: Database, clock: Clock): (renewals: readonly Renewal[]) => Promise<void> {
  const { query } = db;
  const pageOf = (websiteId: WebsiteId, target: Target) =>
    query.selectFrom('pages').select('id').where('website_id', '=', websiteId).where('target', '=', target);
  const ofCards = prepared<Row>((value) =>
    query
      .updateTable('cards')
      .set({
        head: value('head'),
        policy: value('policy'),
        version_tag: value('version_tag'),
        received_at: value('received_at'),
      })
      .where('page_id', '=', pageOf(value('websiteId'), value('target')))
      .where('response_id', '=', value('responseId'))
      .where('purge_version', '>=', coveringPurge(value('websiteId'), value('target')))
      .where(isOlder(value('received_at'), value('now'))),
  );
  const ofPage = prepared<Row>((value) =>
    query
      .updateTable('pages')
      .set({ fresh_until: value('freshUntil'), ...workedAt(value('worked'), value('now')) })
      .where('id', '=', pageOf(value('websiteId'), value('target'))),
  );

  return async (all) => {
    for (let from = 0; from < all.length; from += batch) {
      if (from > 0) await nextTurn();
      const now = clock.now();
      const rows = all.slice(from, from + batch).map(({ websiteId, target, responseId, response }): Row => {
        const values = responseValues(response);
        const freshUntil = wholeMs(response.policy.freshUntil);
        const worked = Math.min(now, values.received_at);
        return { ...values, websiteId, target, responseId, freshUntil, worked, now };
      });
      db.transaction(() => {
        for (const row of rows) if (db.runPrepared(ofCards, row) > 0) db.runPrepared(ofPage, row);
      });
    }
  };
}
