import { sql } from 'kysely';
import type { PersonId } from '../../../model/identity.ts';
import type { EpochMs } from '../../../model/units.ts';
import type { Members } from '../../ports/members.ts';
import type { Database } from '../database.ts';

// Creating an account takes less than a second.
const claimMs = 60_000;

export function firstAccount(db: Database): PersonId | undefined {
  const row = db.first(db.query.selectFrom('first_account').select('person_id'));
  return (row?.person_id ?? undefined) as PersonId | undefined;
}

type FirstAccount = Pick<
  Members,
  'firstAccount' | 'claimFirstAccount' | 'giveUpFirstAccount' | 'settleFirstAccount' | 'handOverService'
>;

export function firstAccountOf(db: Database): FirstAccount {
  const { query } = db;
  return {
    firstAccount: async () => firstAccount(db),

    async claimFirstAccount(now) {
      const claim = query
        .insertInto('first_account')
        .values({ id: 1, person_id: null, claimed_at: now })
        .onConflict((conflict) =>
          conflict
            .column('id')
            .doUpdateSet({ claimed_at: now })
            .where('first_account.person_id', 'is', null)
            .where('first_account.claimed_at', '<=', now - claimMs),
        );
      return db.run(claim).changes > 0;
    },

    async giveUpFirstAccount() {
      db.run(query.deleteFrom('first_account').where('person_id', 'is', null));
    },

    settleFirstAccount: async (personId, at) => db.transaction(() => settle(db, personId, at)),

    async handOverService(personId, at) {
      const row = { id: 1, person_id: personId, claimed_at: at };
      const owner = query.insertInto('first_account').values(row);
      db.run(owner.onConflict((same) => same.column('id').doUpdateSet({ person_id: personId })));
    },
  };
}

/** In a transaction. */
function settle(db: Database, personId: PersonId, at: EpochMs): boolean {
  const { query } = db;
  const first = query
    .insertInto('first_account')
    .values({ id: 1, person_id: personId, claimed_at: at })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({ person_id: personId }).where('first_account.person_id', 'is', null),
    );
  if (db.run(first).changes === 0) return false;
  const unowned = query
    .selectFrom('websites')
    .select(['id', sql`${personId}`.as('person_id'), sql<'owner'>`'owner'`.as('role'), sql`${at}`.as('created_at')])
    .where('id', 'not in', query.selectFrom('memberships').select('website_id').where('role', '=', 'owner'));
  db.run(
    query
      .insertInto('memberships')
      .columns(['website_id', 'person_id', 'role', 'created_at'])
      .expression(unowned)
      .onConflict((conflict) => conflict.columns(['website_id', 'person_id']).doUpdateSet({ role: 'owner' })),
  );
  return true;
}
