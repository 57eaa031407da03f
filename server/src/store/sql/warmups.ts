import { type Kysely, sql } from 'kysely';
import { epochMs, milliseconds } from '../../model/units.ts';
import type { Target, WebsiteId } from '../../model/website.ts';
import type { WarmedPage, Warmup, WarmupCounts, WarmupState, Warmups } from '../ports/warmups.ts';
import type { SharedSchema } from './schema.ts';
import { targetHash } from './target-hash.ts';

// Rows of one statement: databases bound a statement's parameters.
const rowsAtOnce = 500;

/** Warm-ups in SQL that every database understands; one statement at a time. */
export function warmups(db: Kysely<SharedSchema>): Warmups {
  const select = () => db.selectFrom('warmups').selectAll();
  const whole = async (rows: readonly Row[]): Promise<Warmup[]> => {
    const counts = await countsOf(
      db,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => toWarmup(row, counts.get(Number(row.id)) ?? none));
  };

  return {
    async create({ websiteId, sitemap, targets, consumers, createdAt }) {
      const website = db
        .selectFrom('websites')
        .select([
          'id',
          sql<WarmupState>`'waiting'`.as('state'),
          sql<string | null>`${sitemap}`.as('sitemap'),
          sql<string | null>`${targets && JSON.stringify(targets)}`.as('targets'),
          sql<string>`${JSON.stringify(consumers)}`.as('consumers'),
          sql<number>`CAST(${createdAt} AS BIGINT)`.as('created_at'),
        ])
        .where('id', '=', websiteId);
      const made = await db
        .insertInto('warmups')
        .columns(['website_id', 'state', 'sitemap', 'targets', 'consumers', 'created_at'])
        .expression(website)
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      return made && Number(made.id);
    },

    async find(websiteId, id) {
      const row = await select().where('website_id', '=', websiteId).where('id', '=', id).executeTakeFirst();
      return row && (await whole([row]))[0];
    },

    async of(websiteId, limit) {
      return whole(await select().where('website_id', '=', websiteId).orderBy('id', 'desc').limit(limit).execute());
    },

    async unfinished(limit) {
      return whole(await select().where('ended_at', 'is', null).orderBy('id').limit(limit).execute());
    },

    async stateOf(id) {
      return (await db.selectFrom('warmups').select('state').where('id', '=', id).executeTakeFirst())?.state;
    },

    async change(id, state, note, ended) {
      const changed = await db
        .updateTable('warmups')
        .set({ state, note, ended_at: ended })
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .executeTakeFirst();
      return changed.numUpdatedRows > 0;
    },

    async resume(id) {
      const goesOn = db
        .selectFrom('warmups as other')
        .select('other.id')
        .where(sql<boolean>`other.website_id = warmups.website_id`)
        .where('other.ended_at', 'is', null);
      const changed = await db
        .updateTable('warmups')
        .set({ state: 'waiting', note: null, ended_at: null })
        .where('id', '=', id)
        .where('state', 'in', ['stopped', 'failed'])
        .where(({ not, exists }) => not(exists(goesOn)))
        .executeTakeFirst();
      if (changed.numUpdatedRows === 0n) return false;
      const failed = db.updateTable('warmup_pages').set({ outcome: null, why: null }).where('outcome', '=', 'failed');
      await failed.where('warmup_id', '=', id).execute();
      return true;
    },

    async addPages(id, targets) {
      for (let at = 0; at < targets.length; at += rowsAtOnce) {
        const rows = targets.slice(at, at + rowsAtOnce).map((target) => ({
          warmup_id: id,
          target,
          target_hash: targetHash(target),
        }));
        await db
          .insertInto('warmup_pages')
          .values(rows)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
    },

    async openPages(id, limit) {
      const open = db.selectFrom('warmup_pages').select('target').where('warmup_id', '=', id);
      const rows = await open.where('outcome', 'is', null).orderBy('id').limit(limit).execute();
      return rows.map(({ target }) => target as Target);
    },

    async notePage(id, { target, outcome, why }, spent) {
      const page = db.updateTable('warmup_pages').set({ outcome, why }).where('warmup_id', '=', id);
      await page.where('target_hash', '=', targetHash(target)).execute();
      const grown = sql<number>`spent_ms + ${Math.max(0, Math.round(spent))}`;
      await db.updateTable('warmups').set({ spent_ms: grown }).where('id', '=', id).execute();
    },

    async remarks(id, limit) {
      const rows = await db
        .selectFrom('warmup_pages')
        .select(['target', 'outcome', 'why'])
        .where('warmup_id', '=', id)
        .where('why', 'is not', null)
        .where('outcome', 'is not', null)
        .orderBy('outcome')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(({ target, outcome, why }): WarmedPage => {
        return { target: target as Target, outcome: outcome ?? 'failed', why };
      });
    },

    async forget(before) {
      await db.deleteFrom('warmups').where('ended_at', '<', before).execute();
    },
  };
}

type Row = {
  readonly [K in keyof SharedSchema['warmups']]: K extends 'id' | 'spent_ms' ? number : SharedSchema['warmups'][K];
};

const none: WarmupCounts = { total: 0, done: 0, skipped: 0, failed: 0 };

async function countsOf(db: Kysely<SharedSchema>, ids: readonly number[]): Promise<Map<number, WarmupCounts>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('warmup_pages')
    .select(['warmup_id', 'outcome', ({ fn }) => fn.countAll<number>().as('count')])
    .where('warmup_id', 'in', ids)
    .groupBy(['warmup_id', 'outcome'])
    .execute();
  const found = new Map<number, WarmupCounts>();
  for (const { warmup_id, outcome, count } of rows) {
    const so = found.get(Number(warmup_id)) ?? none;
    const total = so.total + Number(count);
    found.set(Number(warmup_id), { ...so, total, ...(outcome === null ? {} : { [outcome]: Number(count) }) });
  }
  return found;
}

function toWarmup(row: Row, pages: WarmupCounts): Warmup {
  return {
    id: Number(row.id),
    websiteId: Number(row.website_id) as WebsiteId,
    state: row.state,
    sitemap: row.sitemap,
    targets: row.targets === null ? null : (JSON.parse(row.targets) as Target[]),
    consumers: JSON.parse(row.consumers) as string[],
    note: row.note,
    createdAt: epochMs(Number(row.created_at)),
    endedAt: row.ended_at === null ? null : epochMs(Number(row.ended_at)),
    spent: milliseconds(Number(row.spent_ms)),
    pages,
  };
}
