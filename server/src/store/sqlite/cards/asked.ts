import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { EpochMs } from '../../../model/units.ts';
import type { Target, WebsiteId } from '../../../model/website.ts';
import type { Asked } from '../../ports/cards.ts';
import { isCard } from '../../records/card-rows.ts';
import type { Database } from '../database.ts';
import { prepared } from '../prepared.ts';

// A batch holds the write lock and the event loop for a few milliseconds.
const batch = 200;

interface Row {
  readonly websiteId: WebsiteId;
  readonly target: Target;
  readonly consumer: string;
  readonly variant: string;
  readonly requests: number;
  readonly at: EpochMs;
}

/** Writes down how often cards were asked for. */
export function askedNotes(db: Database): (cards: Iterable<Asked>, at: EpochMs) => Promise<void> {
  const { query } = db;
  const ofPage = prepared<Row>((value) =>
    query
      .updateTable('pages')
      .set({ asked_at: value('at'), requests: sql`requests + ${value('requests')}` })
      .where('website_id', '=', value('websiteId'))
      .where('target', '=', value('target')),
  );
  const ofCard = prepared<Row>((value) => {
    const [websiteId, target] = [value('websiteId'), value('target')];
    const id = { websiteId, target, consumer: value('consumer'), variant: value('variant') };
    return query
      .updateTable('cards')
      .set({ asked_at: value('at') })
      .where(isCard(id));
  });
  const ofConsumer = prepared<Row>((value) =>
    query
      .insertInto('page_requests')
      .columns(['page_id', 'consumer', 'requests'])
      .expression(
        query
          .selectFrom('pages')
          .select([
            'id',
            sql<string>`${value('consumer')}`.as('consumer'),
            sql<number>`${value('requests')}`.as('requests'),
          ])
          .where('website_id', '=', value('websiteId'))
          .where('target', '=', value('target')),
      )
      .onConflict((same) =>
        same.columns(['page_id', 'consumer']).doUpdateSet({ requests: sql`requests + ${value('requests')}` }),
      ),
  );

  return async (cards, at) => {
    const rest = [...cards];
    while (rest.length > 0) {
      const some = rest.splice(0, batch);
      db.transaction(() => {
        for (const { id, requests } of some) {
          const row = { ...id, requests, at };
          if (db.runPrepared(ofPage, row) === 0) continue;
          db.runPrepared(ofCard, row);
          db.runPrepared(ofConsumer, row);
        }
      });
      if (rest.length > 0) await nextTurn();
    }
  };
}
