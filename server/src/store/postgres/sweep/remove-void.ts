import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import { dayOf } from '../../../model/utc.ts';
import { dropOldDecisions } from '../activity/decisions.ts';
import { dropOldFailures } from '../activity/failures.ts';
import { dropOldUsage } from '../activity/usage.ts';
import { dropOldNodes } from '../changes/nodes.ts';
import type { Database } from '../connection/database.ts';
import type { Schema } from '../schema.ts';

// Rows that are removed at once: some milliseconds.
const batch = 500;
// The log that nodes read after they lost the connection.
const keptChanges = 10_000;
// A page's purge also makes its next fetch bypass caches; no cache keeps a page for longer than this.
const purgeAgeMs = 30 * 24 * 3_600_000;
// Its owner reads in the page's history who purged it.
const purgeShownMs = 7 * 24 * 3_600_000;
const leaseAgeMs = 3_600_000;

/** Removes void cards, outdated records of gone pages, and the cards of removed websites. */
export async function removeVoid(db: Database, now: number): Promise<number> {
  let removed = 0;
  for (const purge of await db.all(sql<Purge>`SELECT * FROM purges WHERE swept = 0 ORDER BY seq`))
    removed += await removeCovered(db, purge);

  removed += await inBatches(() =>
    db.run(sql`DELETE FROM cards WHERE id IN (SELECT id FROM cards
      WHERE picture_hash IS NULL AND (policy::json ->> 'freshUntil')::numeric < ${now} LIMIT ${batch})`),
  );
  await inBatches(() =>
    db.transaction(async (tx) => {
      const pages = await tx.all(sql<{ id: number }>`SELECT id FROM pages
        WHERE NOT EXISTS (SELECT FROM websites WHERE websites.id = pages.website_id)
        LIMIT ${batch} FOR UPDATE SKIP LOCKED`);
      const ids = pages.map(({ id }) => id);
      removed += await tx.run(sql`DELETE FROM cards WHERE page_id = ANY (${ids}::bigint[])`);
      return tx.run(sql`DELETE FROM pages WHERE id = ANY (${ids}::bigint[])`);
    }),
  );

  await dropOldFailures(db, now);
  await db.run(sql`DELETE FROM leases WHERE until < ${now - leaseAgeMs}`);
  await db.run(dropOldNodes());
  await dropOldDecisions(db);
  await dropOldUsage(db, dayOf(now));
  await db.run(sql`DELETE FROM page_counts WHERE NOT EXISTS (SELECT FROM pages
    WHERE pages.website_id = page_counts.website_id) AND NOT EXISTS (SELECT FROM websites WHERE id = website_id)`);
  await dropAnswered(db, now);
  return removed;
}

type Purge = Pick<Schema['purges'], 'website_id' | 'kind' | 'value' | 'seq'>;

/** Walks the covered pages once, ordered by target, however many there are. */
async function removeCovered(db: Database, { website_id, kind, value, seq }: Purge): Promise<number> {
  let removed = 0;
  const covered =
    kind === 'page'
      ? sql`target = ${value}`
      : kind === 'prefix'
        ? sql`target >= ${value} AND starts_with(target, ${value})`
        : sql`true`;
  for (let last = ''; ; ) {
    const pages = await db.all(sql<{ id: number; target: string }>`SELECT id, target FROM pages
      WHERE website_id = ${website_id} AND target > ${last} AND ${covered} ORDER BY target LIMIT ${batch}`);
    const ids = pages.map(({ id }) => id);
    if (ids.length > 0) {
      removed += await db.transaction(async (tx) => {
        await tx.run(sql`SELECT id FROM pages WHERE id = ANY (${ids}::bigint[]) ORDER BY id FOR NO KEY UPDATE`);
        await tx.run(sql`UPDATE pages SET fresh_until = 0
          WHERE id = ANY (${ids}::bigint[]) AND kept_version < ${seq} AND fresh_until > 0`);
        return tx.run(sql`DELETE FROM cards WHERE page_id = ANY (${ids}::bigint[]) AND purge_version < ${seq}`);
      });
    }
    last = pages.at(-1)?.target ?? last;
    if (pages.length < batch) break;
    await nextTurn();
  }
  await db.run(sql`UPDATE purges SET swept = 1
    WHERE website_id = ${website_id} AND kind = ${kind} AND value = ${value} AND seq = ${seq}`);
  return removed;
}

/** A page's purge is obsolete some days after it, if the page was fetched again, or once every cache has dropped the page. */
async function dropAnswered(db: Database, now: number): Promise<void> {
  const kept = sql`(SELECT kept_version FROM pages WHERE website_id = purges.website_id AND target = purges.value)`;
  await db.run(sql`DELETE FROM purges WHERE kind = 'page' AND swept = 1
    AND at < ${now - purgeShownMs} AND coalesce(${kept} >= seq, at < ${now - purgeAgeMs})`);
  await db.run(sql`DELETE FROM changes WHERE seq < (SELECT seq FROM change_counter) - ${keptChanges}::bigint`);
}

async function inBatches(remove: () => Promise<number>): Promise<number> {
  let removed = 0;
  for (;;) {
    const changes = await remove();
    removed += changes;
    if (changes < batch) return removed;
    await nextTurn();
  }
}
