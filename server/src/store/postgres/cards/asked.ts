import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { EpochMs } from '../../../model/units.ts';
import type { Asked } from '../../ports/cards.ts';
import type { Statements } from '../connection/database.ts';

// Rows that one statement locks: some milliseconds.
const batch = 500;

export async function noteAsked(db: Statements, cards: Iterable<Asked>, at: EpochMs): Promise<void> {
  const rest = [...cards];
  while (rest.length > 0) {
    const some = rest.splice(0, batch);
    // Rows are locked in the order of their ids, pages before cards, so that no two nodes wait for each other.
    await db.run(sql`
      WITH asked AS (
        SELECT pages.id AS page_id, each.consumer, each.variant, each.requests
        FROM unnest(${some.map(({ id }) => id.websiteId)}::bigint[], ${some.map(({ id }) => id.target)}::text[],
          ${some.map(({ id }) => id.consumer)}::text[], ${some.map(({ id }) => id.variant)}::text[],
          ${some.map(({ requests }) => requests)}::bigint[]) AS each (website_id, target, consumer, variant, requests)
        JOIN pages ON pages.website_id = each.website_id AND pages.target = each.target COLLATE "C"
      ),
      locked AS MATERIALIZED (
        SELECT id FROM pages WHERE id IN (SELECT page_id FROM asked) ORDER BY id FOR NO KEY UPDATE
      ),
      page AS (
        UPDATE pages SET asked_at = ${at}, requests = pages.requests + sums.requests
        FROM (SELECT page_id, sum(requests)::bigint AS requests FROM asked GROUP BY page_id) AS sums
        JOIN locked ON locked.id = sums.page_id
        WHERE pages.id = locked.id
        RETURNING pages.id
      ),
      card AS (
        UPDATE cards SET asked_at = ${at} FROM asked JOIN page ON page.id = asked.page_id
        WHERE cards.page_id = page.id AND cards.consumer = asked.consumer AND cards.variant = asked.variant
      )
      INSERT INTO page_requests (page_id, consumer, requests)
      SELECT asked.page_id, asked.consumer, sum(asked.requests)::bigint FROM asked JOIN page ON page.id = asked.page_id
      GROUP BY 1, 2 ORDER BY 1, 2
      ON CONFLICT (page_id, consumer) DO UPDATE SET requests = page_requests.requests + excluded.requests`);
    if (rest.length > 0) await nextTurn();
  }
}
