import { sql } from 'kysely';
import type { PersonId } from '../../../model/identity.ts';
import type { Members } from '../../ports/members.ts';
import { type Database, query, type Statements } from '../connection/database.ts';

// Creating an account takes less than a second.
const claimMs = 60_000;
// Any number that nobody else locks: "OGP+".
const lock = 0x4f47502b;

export async function firstAccount(db: Statements): Promise<PersonId | undefined> {
  const row = await db.first(query.selectFrom('first_account').select('person_id'));
  return (row?.person_id ?? undefined) as PersonId | undefined;
}

/** In a transaction: a website is created either before the first account, which then gets it, or after it. */
export async function lockFirstAccount(db: Statements): Promise<void> {
  await db.run(sql`SELECT pg_advisory_xact_lock(${lock}::bigint)`);
}

type FirstAccount = Pick<
  Members,
  'firstAccount' | 'claimFirstAccount' | 'giveUpFirstAccount' | 'settleFirstAccount' | 'handOverService'
>;

export function firstAccountOf(db: Database): FirstAccount {
  return {
    firstAccount: () => firstAccount(db),

    async claimFirstAccount(now) {
      const claimed = await db.run(sql`INSERT INTO first_account (id, person_id, claimed_at) VALUES (1, NULL, ${now})
        ON CONFLICT (id) DO UPDATE SET claimed_at = excluded.claimed_at
        WHERE first_account.person_id IS NULL AND first_account.claimed_at <= ${now - claimMs}`);
      return claimed > 0;
    },

    async giveUpFirstAccount() {
      await db.run(query.deleteFrom('first_account').where('person_id', 'is', null));
    },

    async settleFirstAccount(personId, at) {
      return db.transaction(async (tx) => {
        await lockFirstAccount(tx);
        const first =
          await tx.run(sql`INSERT INTO first_account (id, person_id, claimed_at) VALUES (1, ${personId}, ${at})
          ON CONFLICT (id) DO UPDATE SET person_id = excluded.person_id WHERE first_account.person_id IS NULL`);
        if (first === 0) return false;
        await tx.run(sql`INSERT INTO memberships (website_id, person_id, role, created_at)
          SELECT id, ${personId}, 'owner', ${at}::bigint FROM websites
            WHERE id NOT IN (SELECT website_id FROM memberships WHERE role = 'owner')
          ON CONFLICT (website_id, person_id) DO UPDATE SET role = 'owner'`);
        return true;
      });
    },

    async handOverService(personId, at) {
      await db.run(sql`INSERT INTO first_account (id, person_id, claimed_at) VALUES (1, ${personId}, ${at})
        ON CONFLICT (id) DO UPDATE SET person_id = excluded.person_id`);
    },
  };
}
