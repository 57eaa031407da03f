import { sql } from 'kysely';
import type { PersonId, Role } from '../../../model/identity.ts';
import { type EpochMs, epochMs } from '../../../model/units.ts';
import type { WebsiteId } from '../../../model/website.ts';
import type { MemberChange, Members, Person } from '../../ports/members.ts';
import { toWebsite } from '../../records/website-rows.ts';
import { type Database, query, type Statements } from '../connection/database.ts';
import type { Schema } from '../schema.ts';
import { lockWebsite } from '../websites/find-website.ts';

type Memberships = Pick<
  Members,
  'people' | 'person' | 'roleOf' | 'websitesOf' | 'of' | 'join' | 'changeRole' | 'remove'
>;

export function membershipsOf(db: Database): Memberships {
  const people = query.selectFrom('user').select(['id', 'name', 'email', 'createdAt']);

  /**
   * Changes the rows of one member, unless the website would be left without an owner. Who is no owner any more may not
   * invite: the open invitations that they made are withdrawn.
   */
  const change = (websiteId: WebsiteId, personId: PersonId, role: Role | undefined): Promise<MemberChange> =>
    db.transaction(async (tx) => {
      await lockWebsite(tx, websiteId);
      const may = await mayChange(tx, websiteId, personId, role);
      if (may !== 'done') return may;
      const one = sql<boolean>`website_id = ${websiteId} AND person_id = ${personId}`;
      await tx.run(
        role === undefined
          ? query.deleteFrom('memberships').where(one)
          : query.updateTable('memberships').set({ role }).where(one),
      );
      if (role !== 'owner') {
        const made = query.deleteFrom('invitations').where('website_id', '=', websiteId);
        await tx.run(made.where('created_by', '=', personId));
      }
      return may;
    });

  return {
    people: async () => (await db.all(people.orderBy('email'))).map(toPerson),

    async person(id) {
      const row = await db.first(people.where('id', '=', id));
      return row && toPerson(row);
    },

    roleOf: (personId, websiteId) => roleOf(db, personId, websiteId),

    async websitesOf(personId) {
      const own = query
        .selectFrom('memberships')
        .innerJoin('websites', 'websites.id', 'memberships.website_id')
        .selectAll('websites')
        .where('memberships.person_id', '=', personId)
        .orderBy('websites.origin');
      return (await db.all(own)).map(toWebsite);
    },

    async of(websiteId) {
      const members = query
        .selectFrom('memberships')
        .innerJoin('user', 'user.id', 'memberships.person_id')
        .select(['user.id', 'user.name', 'user.email', 'memberships.role'])
        .where('memberships.website_id', '=', websiteId)
        .orderBy(sql`lower("user".name) COLLATE "C"`)
        .orderBy('user.id');
      return (await db.all(members)).map(({ id, ...member }) => ({ personId: id as PersonId, ...member }));
    },

    join: (websiteId, personId, role, at) => join(db, websiteId, personId, role, at),
    changeRole: (websiteId, personId, role) => change(websiteId, personId, role),
    remove: (websiteId, personId) => change(websiteId, personId, undefined),
  };
}

function toPerson({ id, name, email, createdAt }: Schema['user']): Person {
  return { id: id as PersonId, name, email, createdAt: epochMs(createdAt.getTime()) };
}

async function roleOf(db: Statements, personId: PersonId, websiteId: WebsiteId): Promise<Role | undefined> {
  const one = query.selectFrom('memberships').select('role').where('website_id', '=', websiteId);
  return (await db.first(one.where('person_id', '=', personId)))?.role;
}

/** A role's rank, in SQL. */
export const rankOf = (role: string) => sql<number>`strpos('viewer editor owner', ${sql.ref(role)})`;

export async function join(
  db: Statements,
  websiteId: WebsiteId,
  personId: PersonId,
  role: Role,
  at: EpochMs,
): Promise<Role | undefined> {
  const row = await db.first(sql<{ role: Role }>`
    INSERT INTO memberships (website_id, person_id, role, created_at)
    SELECT id, ${personId}, ${role}, ${at}::bigint FROM websites WHERE id = ${websiteId} FOR KEY SHARE
    ON CONFLICT (website_id, person_id) DO UPDATE SET role =
      CASE WHEN ${rankOf('excluded.role')} > ${rankOf('memberships.role')} THEN excluded.role ELSE memberships.role END
    RETURNING role`);
  return row?.role;
}

/** In a transaction that has locked the website: nobody else can change a membership of it until it ends. */
async function mayChange(
  db: Statements,
  websiteId: WebsiteId,
  personId: PersonId,
  role: Role | undefined,
): Promise<MemberChange> {
  const has = await roleOf(db, personId, websiteId);
  if (has === undefined) return 'no-member';
  if (has !== 'owner' || role === 'owner') return 'done';
  const owners = query.selectFrom('memberships').select('person_id').where('website_id', '=', websiteId);
  const another = owners.where('role', '=', 'owner').where('person_id', '<>', personId).limit(1);
  return (await db.first(another)) === undefined ? 'last-owner' : 'done';
}
