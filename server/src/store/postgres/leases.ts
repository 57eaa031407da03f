import { randomBytes } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Milliseconds } from '../../model/units.ts';
import type { Lease, Leases } from '../ports/leases.ts';
import { wholeMs } from '../records/whole-ms.ts';
import type { Now } from './clock.ts';
import type { Statements } from './connection/database.ts';

/** Leases as rows of an unlogged table: a crash of the database ends them all. */
export function leases(db: Statements, now: Now): Leases {
  return {
    async acquire(name, ttl) {
      const holder = newHolder();
      const query = acquiring(sql`SELECT ${name}::text AS name`, holder, ttl, now);
      return (await db.run({ name: 'acquire lease', query })) > 0 ? { name, holder } : undefined;
    },

    async renew(lease, ttl) {
      const until = sql`${now()} + ${wholeMs(ttl)}::bigint`;
      const query = sql`UPDATE leases SET until = ${until} WHERE ${isHeldBy(lease)}`;
      return (await db.run({ name: 'renew lease', query })) > 0;
    },

    async release(lease) {
      await db.run({ name: 'release lease', query: releasing(lease) });
    },
  };
}

export function newHolder(): string {
  return randomBytes(16).toString('base64url');
}

/**
 * Takes a lease, unless another holder has it. Returns its name if it was taken.
 * @param named a query for the name.
 */
export function acquiring(named: RawBuilder<unknown>, holder: string, ttl: Milliseconds, now: Now) {
  const until = sql`${now()} + ${wholeMs(ttl)}::bigint`;
  // One that ends later than it could is from before the clock was set back.
  return sql<{ name: string }>`INSERT INTO leases (name, holder, until)
    SELECT name, ${holder}::text, ${until} FROM (${named}) AS named
    ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
    WHERE leases.until <= ${now()} OR leases.until > excluded.until
    RETURNING name`;
}

export function releasing(lease: Lease): RawBuilder<unknown> {
  return sql`DELETE FROM leases WHERE ${isHeldBy(lease)}`;
}

/** The row of a lease: an expired one stays its holder's until another takes it. */
export function isHeldBy({ name, holder }: Lease): RawBuilder<boolean> {
  return sql<boolean>`name = ${name} AND holder = ${holder}`;
}
