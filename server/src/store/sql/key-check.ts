import type { Kysely } from 'kysely';
import type { Store } from '../ports/store.ts';
import type { SharedSchema } from './schema.ts';

/** Which master key is used, in SQL that every database understands. */
export function keyCheckOf(db: Kysely<SharedSchema>): Store['keyCheck'] {
  return async (check, how) => {
    const insert = db.insertInto('installation').values({ id: 1, key_check: check });
    await insert
      .onConflict((known) =>
        how === 'replace' ? known.column('id').doUpdateSet({ key_check: check }) : known.column('id').doNothing(),
      )
      .execute();
    const row = await db.selectFrom('installation').select('key_check').executeTakeFirstOrThrow();
    return row.key_check;
  };
}
