import { type Kysely, sql } from 'kysely';
import type { WebsiteId } from '../../model/website.ts';
import type { Costs } from '../ports/costs.ts';
import type { SharedSchema } from './schema.ts';

// Rows of one statement: databases bound a statement's parameters.
const rowsAtOnce = 500;
const counters = ['fetches', 'drawings', 'browser_ms', 'bytes'] as const;

export function costs(db: Kysely<SharedSchema>): Costs {
  return {
    async note(rows) {
      // In one order, so that no two processes wait for each other.
      const left = [...rows]
        .sort((a, b) => a.day - b.day || a.websiteId - b.websiteId)
        .map(({ websiteId, day, fetches, drawings, browserMs, bytes }) => ({
          website_id: websiteId,
          day,
          fetches,
          drawings,
          browser_ms: Math.round(browserMs),
          bytes,
        }));
      const grown = Object.fromEntries(
        counters.map((name) => [name, sql<number>`${sql.ref(`costs.${name}`)} + ${sql.ref(`excluded.${name}`)}`]),
      );
      while (left.length > 0) {
        await db
          .insertInto('costs')
          .values(left.splice(0, rowsAtOnce))
          .onConflict((same) => same.columns(['day', 'website_id']).doUpdateSet(grown))
          .execute();
      }
    },

    async since(day, limit) {
      const rows = await db
        .selectFrom('costs')
        .innerJoin('websites', 'websites.id', 'costs.website_id')
        .select(({ fn }) => ['website_id', ...counters.map((name) => fn.sum<number | string>(name).as(name))] as const)
        .where('day', '>=', day)
        .groupBy('website_id')
        .orderBy('browser_ms', 'desc')
        .orderBy('website_id')
        .limit(limit)
        .execute();
      return rows.map(({ website_id, fetches, drawings, browser_ms, bytes }) => ({
        websiteId: Number(website_id) as WebsiteId,
        fetches: Number(fetches),
        drawings: Number(drawings),
        browserMs: Number(browser_ms),
        bytes: Number(bytes),
      }));
    },

    async forget(day) {
      await db.deleteFrom('costs').where('day', '<', day).execute();
    },
  };
}
