import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Lease, Leases } from '../ports/leases.ts';
import { wholeMs } from '../records/whole-ms.ts';
import type { Now } from './clock.ts';
import type { Statements } from './connection/database.ts';

/** Leases as rows of an unlogged table: a crash of the database ends them all. */
export function leases(db: Statements, now: Now): Leases {
  return {
    async acquire(name, ttl) {
      const holder = randomBytes(16).toString('base64url');
      const until = sql`${now()} + ${wholeMs(ttl)}::bigint`;
      // One that ends later than it could is from before the clock was set back.
      const got = await db.run(sql`INSERT INTO leases (name, holder, until) VALUES (${name}, ${holder}, ${until})
        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
        WHERE leases.until <= ${now()} OR leases.until > excluded.until`);
      return got > 0 ? { name, holder } : undefined;
    },

    async renew(lease, ttl) {
      const until = sql`${now()} + ${wholeMs(ttl)}::bigint`;
      return (await db.run(sql`UPDATE leases SET until = ${until} WHERE ${isHeldBy(lease)}`)) > 0;
    },

    async release(lease) {
      await db.run(sql`DELETE FROM leases WHERE ${isHeldBy(lease)}`);
    },
  };
}

/** The row of a lease: an expired one stays its holder's until another takes it. */
export function isHeldBy({ name, holder }: Lease) {
  return sql<boolean>`name = ${name} AND holder = ${holder}`;
}
