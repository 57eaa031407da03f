import { type Kysely, type RawBuilder, sql } from 'kysely';
import { milliseconds } from '../../model/units.ts';
import type { Limits } from '../ports/limits.ts';
import type { SharedSchema } from './schema.ts';

// Rows of one statement: databases bound a statement's parameters.
const rowsAtOnce = 500;
// A quota is whole again within a minute, and processes overdraw it by a tenth at most: a row that is further ahead is from
// before the clock of the whole store was set back.
const longestMs = 120_000;

/**
 * Rates as one number for each key: when its quota would be whole again. One statement at a time.
 * @param time milliseconds since the epoch, the same throughout a statement and for every process.
 */
export function limits(db: Kysely<SharedSchema>, time: () => RawBuilder<number>): Limits {
  return {
    async settle(taken) {
      const used = new Map<string, ReturnType<typeof milliseconds>>();
      // In one order, so that no two processes wait for each other.
      const rows = [...taken].sort(([a], [b]) => (a < b ? -1 : 1));
      while (rows.length > 0) {
        const now = time();
        const values = rows
          .splice(0, rowsAtOnce)
          .map(([key, ms]) => ({ key, full_at: sql<number>`${now} + CAST(${ms} AS DOUBLE PRECISION)` }));
        const known = sql`CASE WHEN rates.full_at BETWEEN ${now} AND ${now} + ${longestMs} THEN rates.full_at ELSE ${now} END`;
        const settled = await db
          .insertInto('rates')
          .values(values)
          .onConflict((same) => same.column('key').doUpdateSet({ full_at: sql`${known} + excluded.full_at - ${now}` }))
          .returning(['key', sql<number>`full_at - ${now}`.as('ahead')])
          .execute();
        for (const { key, ahead } of settled) used.set(key, milliseconds(Math.max(0, Number(ahead))));
      }
      return used;
    },

    async sweep() {
      const now = time();
      await db
        .deleteFrom('rates')
        .where((rate) =>
          rate.or([rate('full_at', '<=', now), rate('full_at', '>', sql<number>`${now} + ${longestMs}`)]),
        )
        .execute();
    },
  };
}
