import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Clock } from '../../model/units.ts';
import type { Lease, Leases } from '../ports/leases.ts';
import { wholeMs } from '../records/whole-ms.ts';
import type { Database } from './database.ts';

/** Leases as rows: the processes share the data folder and the machine's clock. */
export function leases(db: Database, clock: Clock): Leases {
  const { query } = db;
  return {
    async acquire(name, ttl) {
      const holder = randomBytes(16).toString('base64url');
      const now = clock.now();
      const until = wholeMs(now + ttl);
      // One that ends later than it could is from before the clock was set back.
      const isOver = sql<boolean>`(leases.until <= ${now} OR leases.until > ${until})`;
      const insert = query
        .insertInto('leases')
        .values({ name, holder, until })
        .onConflict((held) => held.column('name').doUpdateSet({ holder, until }).where(isOver));
      return db.run(insert).changes > 0 ? { name, holder } : undefined;
    },

    async renew(lease, ttl) {
      const renewed = query.updateTable('leases').set({ until: wholeMs(clock.now() + ttl) });
      return db.run(renewed.where(isHeldBy(lease))).changes > 0;
    },

    async release(lease) {
      release(db, lease);
    },
  };
}

/** Whether nobody else holds it: an expired lease stays its holder's until another takes it. */
export function holds(db: Database, lease: Lease): boolean {
  return db.first(db.query.selectFrom('leases').select('name').where(isHeldBy(lease))) !== undefined;
}

export function release(db: Database, lease: Lease): void {
  db.run(db.query.deleteFrom('leases').where(isHeldBy(lease)));
}

function isHeldBy({ name, holder }: Lease) {
  return sql<boolean>`name = ${name} AND holder = ${holder}`;
}

/** Removes leases whose holders died an hour ago. */
export function dropOldLeases(db: Database, now: number): void {
  db.run(db.query.deleteFrom('leases').where('until', '<', now - 3_600_000));
}
