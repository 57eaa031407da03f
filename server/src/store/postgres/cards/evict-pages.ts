import { sql } from 'kysely';
import type { WebsiteId } from '../../../model/website.ts';
import type { Statements } from '../connection/database.ts';

// A lowered limit is reached step by step, so that keeping one page never waits for the removal of thousands.
const pagesAtOnce = 20;

/**
 * In a transaction. If there are too many: removes pages that never worked, then the least recently requested ones,
 * except the one just kept. Those that another transaction has locked are in use, and are passed over.
 */
export async function evictPages(tx: Statements, websiteId: WebsiteId, justKept: number, limit: number): Promise<void> {
  const counted = sql<{ count: number }>`SELECT count FROM page_counts WHERE website_id = ${websiteId}`;
  const excess = Math.min(((await tx.first(counted))?.count ?? 0) - limit, pagesAtOnce);
  if (excess <= 0) return;
  const failed = await tx.all(sql<{ id: number }>`SELECT id FROM pages
    WHERE website_id = ${websiteId} AND worked_at = 0 AND id <> ${justKept}
    ORDER BY asked_at LIMIT ${excess} FOR UPDATE SKIP LOCKED`);
  const worked = await tx.all(sql<{ id: number }>`SELECT id FROM pages
    WHERE website_id = ${websiteId} AND worked_at > 0 AND id <> ${justKept}
    ORDER BY asked_at, id LIMIT ${excess - failed.length} FOR UPDATE SKIP LOCKED`);
  const ids = [...failed, ...worked].map(({ id }) => id);
  await tx.run(sql`DELETE FROM cards WHERE page_id = ANY (${ids}::bigint[])`);
  await tx.run(sql`DELETE FROM pages WHERE id = ANY (${ids}::bigint[])`);
}
