import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { EpochMs } from '../../../model/units.ts';
import type { Asked } from '../../ports/cards.ts';
import { isCard } from '../../records/card-rows.ts';
import type { Database } from '../database.ts';

// A batch holds the write lock and the event loop for a few milliseconds.
const batch = 200;

export async function noteAsked(db: Database, cards: Iterable<Asked>, at: EpochMs): Promise<void> {
  const { query } = db;
  const rest = [...cards];
  while (rest.length > 0) {
    const some = rest.splice(0, batch);
    db.transaction(() => {
      for (const { id, requests } of some) {
        const more = sql<number>`requests + ${requests}`;
        const counted = { asked_at: at, requests: more };
        const page = query.updateTable('pages').set(counted).where('website_id', '=', id.websiteId);
        const row = db.first(page.where('target', '=', id.target).returning('id'));
        if (row === undefined) continue;
        db.run(query.updateTable('cards').set({ asked_at: at }).where(isCard(id)));
        const insert = query.insertInto('page_requests').values({ page_id: row.id, consumer: id.consumer, requests });
        db.run(insert.onConflict((same) => same.columns(['page_id', 'consumer']).doUpdateSet({ requests: more })));
      }
    });
    if (rest.length > 0) await nextTurn();
  }
}
