import { type Kysely, sql } from 'kysely';
import { type Clock, milliseconds } from '../../model/units.ts';
import type { Limits } from '../ports/limits.ts';
import type { SharedSchema } from './schema.ts';

// Rows of one statement: databases bound a statement's parameters.
const rowsAtOnce = 500;
// No quota is used up for longer: such a row is from before the clock was set back.
const longestMs = 3_600_000;

/** Rates as one number for each key: when its quota would be whole again. One statement at a time. */
export function limits(db: Kysely<SharedSchema>, clock: Clock): Limits {
  return {
    async settle(taken) {
      const now = clock.now();
      const used = new Map<string, ReturnType<typeof milliseconds>>();
      // In one order, so that no two processes wait for each other.
      const rows = [...taken].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, ms]) => ({ key, full_at: now + ms }));
      while (rows.length > 0) {
        const known = sql`CASE WHEN rates.full_at BETWEEN ${now} AND ${now + longestMs} THEN rates.full_at ELSE ${now} END`;
        const settled = await db
          .insertInto('rates')
          .values(rows.splice(0, rowsAtOnce))
          .onConflict((same) => same.column('key').doUpdateSet({ full_at: sql`${known} + excluded.full_at - ${now}` }))
          .returning(['key', 'full_at'])
          .execute();
        for (const { key, full_at } of settled) used.set(key, milliseconds(Math.max(0, Number(full_at) - now)));
      }
      return used;
    },

    async sweep() {
      const now = clock.now();
      await db
        .deleteFrom('rates')
        .where((rate) => rate.or([rate('full_at', '<=', now), rate('full_at', '>', now + longestMs)]))
        .execute();
    },
  };
}
