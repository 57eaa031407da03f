import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import { dayOf } from '../../../model/utc.ts';
import { dropOldDecisions } from '../activity/decisions.ts';
import { dropOldFailures } from '../activity/failures.ts';
import { dropOldUsage } from '../activity/usage.ts';
import { afterPrefix } from '../changes/purges.ts';
import type { Database } from '../database.ts';
import { dropOldLeases } from '../leases.ts';

// A batch holds the write lock and the event loop for a few milliseconds.
const batch = 500;
// The log that other processes read: more changes than can come between two reads of any process.
const keptChanges = 10_000;
// A page's purge also makes its next fetch bypass caches; no cache keeps a page for longer than this.
const purgeAgeMs = 30 * 24 * 3_600_000;
// Its owner reads in the page's history who purged it.
const purgeShownMs = 7 * 24 * 3_600_000;

/** Removes void cards, outdated records of gone pages, and the cards of removed websites. */
export async function removeVoid(db: Database, now: number): Promise<number> {
  const { query } = db;
  let removed = 0;
  const purges = db.all(query.selectFrom('purges').selectAll().where(sql<boolean>`swept = 0`));
  for (const purge of purges) removed += await removeCovered(db, purge);

  const outdated = query
    .selectFrom('cards')
    .select('id')
    .where('picture_hash', 'is', null)
    .where(sql<boolean>`json_extract(policy, '$.freshUntil') < ${now}`)
    .limit(batch);
  removed += await inBatches(() => db.run(query.deleteFrom('cards').where('id', 'in', outdated)).changes);

  const known = query.selectFrom('websites').select('id');
  const orphans = query.selectFrom('pages').select('id').where('website_id', 'not in', known).limit(batch);
  await inBatches(() =>
    db.transaction(() => {
      removed += db.run(query.deleteFrom('cards').where('page_id', 'in', orphans)).changes;
      return db.run(query.deleteFrom('pages').where('id', 'in', orphans)).changes;
    }),
  );

  dropOldFailures(db, now);
  dropOldLeases(db, now);
  await dropOldDecisions(db);
  dropOldUsage(db, dayOf(now));
  dropAnswered(db, now);
  return removed;
}

interface Purge {
  readonly website_id: number;
  readonly kind: 'page' | 'prefix' | 'website';
  readonly value: string;
  readonly seq: number;
}

/** Walks the covered pages once, ordered by target, however many there are. */
async function removeCovered(db: Database, { website_id, kind, value, seq }: Purge): Promise<number> {
  const { query } = db;
  let removed = 0;
  let last = '';
  for (;;) {
    const pages = db.all(
      query
        .selectFrom('pages')
        .select(['id', 'target'])
        .where('website_id', '=', website_id)
        .where('target', '>', last)
        .$if(kind === 'page', (q) => q.where('target', '=', value))
        .$if(kind === 'prefix', (q) => q.where('target', '>=', value).where('target', '<', afterPrefix(value)))
        .orderBy('target')
        .limit(batch),
    );
    const ids = pages.map(({ id }) => id);
    if (ids.length > 0) {
      removed += db.run(query.deleteFrom('cards').where('page_id', 'in', ids).where('purge_version', '<', seq)).changes;
      const voided = query.updateTable('pages').set({ fresh_until: 0 }).where('id', 'in', ids);
      db.run(voided.where('kept_version', '<', seq).where('fresh_until', '>', 0));
    }
    last = pages.at(-1)?.target ?? last;
    if (pages.length < batch) break;
    await nextTurn();
  }
  const same = query.updateTable('purges').set({ swept: 1 }).where('website_id', '=', website_id);
  db.run(same.where('kind', '=', kind).where('value', '=', value).where('seq', '=', seq));
  return removed;
}

/** A page's purge is obsolete some days after it, if the page was fetched again, or once every cache has dropped the page. */
function dropAnswered(db: Database, now: number): void {
  const { query } = db;
  const kept = sql`(SELECT kept_version FROM pages WHERE website_id = purges.website_id AND target = purges.value)`;
  db.run(
    query
      .deleteFrom('purges')
      .where(
        sql<boolean>`kind = 'page' AND swept = 1 AND at < ${now - purgeShownMs} AND coalesce(${kept} >= seq, at < ${now - purgeAgeMs})`,
      ),
  );
  const newest = query.selectFrom('changes').select(sql<number>`max(seq) - ${keptChanges}`.as('seq'));
  db.run(query.deleteFrom('changes').where('seq', '<', newest));
}

async function inBatches(remove: () => number): Promise<number> {
  let removed = 0;
  for (;;) {
    const changes = remove();
    removed += changes;
    if (changes < batch) return removed;
    await nextTurn();
  }
}
