import { sql } from 'kysely';
import type { PersonId, Role } from '../../../model/identity.ts';
import { type EpochMs, epochMs } from '../../../model/units.ts';
import type { WebsiteId } from '../../../model/website.ts';
import type { MemberChange, Members, Person } from '../../ports/members.ts';
import { toWebsite } from '../../records/website-rows.ts';
import type { Database } from '../database.ts';
import type { Schema } from '../schema.ts';

type Memberships = Pick<
  Members,
  'people' | 'person' | 'roleOf' | 'websitesOf' | 'of' | 'join' | 'changeRole' | 'remove'
>;

export function membershipsOf(db: Database): Memberships {
  const { query } = db;
  const people = query.selectFrom('user').select(['id', 'name', 'email', 'createdAt']);

  /**
   * Changes the rows of one member, unless the website would be left without an owner. Who is no owner any more may not
   * invite: the open invitations that they made are withdrawn.
   */
  const change = (websiteId: WebsiteId, personId: PersonId, role: Role | undefined): MemberChange =>
    db.transaction(() => {
      const may = mayChange(db, websiteId, personId, role);
      if (may !== 'done') return may;
      const one = sql<boolean>`website_id = ${websiteId} AND person_id = ${personId}`;
      if (role === undefined) db.run(query.deleteFrom('memberships').where(one));
      else db.run(query.updateTable('memberships').set({ role }).where(one));
      if (role !== 'owner') {
        const made = query.deleteFrom('invitations').where('website_id', '=', websiteId);
        db.run(made.where('created_by', '=', personId));
      }
      return may;
    });

  return {
    people: async () => db.all(people.orderBy('email')).map(toPerson),

    async person(id) {
      const row = db.first(people.where('id', '=', id));
      return row && toPerson(row);
    },

    roleOf: async (personId, websiteId) => roleOf(db, personId, websiteId),

    async websitesOf(personId) {
      const own = query
        .selectFrom('memberships')
        .innerJoin('websites', 'websites.id', 'memberships.website_id')
        .selectAll('websites')
        .where('memberships.person_id', '=', personId)
        .orderBy('websites.origin');
      return db.all(own).map(toWebsite);
    },

    async of(websiteId) {
      const members = query
        .selectFrom('memberships')
        .innerJoin('user', 'user.id', 'memberships.person_id')
        .select(['user.id', 'user.name', 'user.email', 'memberships.role'])
        .where('memberships.website_id', '=', websiteId)
        .orderBy(sql`user.name COLLATE NOCASE`)
        .orderBy('user.id');
      return db.all(members).map(({ id, ...member }) => ({ personId: id as PersonId, ...member }));
    },

    join: async (websiteId, personId, role, at) => join(db, websiteId, personId, role, at),
    changeRole: async (websiteId, personId, role) => change(websiteId, personId, role),
    remove: async (websiteId, personId) => change(websiteId, personId, undefined),
  };
}

function toPerson({ id, name, email, createdAt }: Schema['user']): Person {
  return { id: id as PersonId, name, email, createdAt: epochMs(Date.parse(createdAt)) };
}

function roleOf(db: Database, personId: PersonId, websiteId: WebsiteId): Role | undefined {
  const one = db.query.selectFrom('memberships').select('role').where('website_id', '=', websiteId);
  return db.first(one.where('person_id', '=', personId))?.role;
}

/** A role's rank, in SQL. */
export const rankOf = (role: string) => sql<number>`instr('viewer editor owner', ${sql.ref(role)})`;

export function join(
  db: Database,
  websiteId: WebsiteId,
  personId: PersonId,
  role: Role,
  at: EpochMs,
): Role | undefined {
  const { query } = db;
  const website = query
    .selectFrom('websites')
    .select(['id', sql`${personId}`.as('person_id'), sql<Role>`${role}`.as('role'), sql`${at}`.as('created_at')])
    .where('id', '=', websiteId);
  const insert = query
    .insertInto('memberships')
    .columns(['website_id', 'person_id', 'role', 'created_at'])
    .expression(website)
    .onConflict((conflict) =>
      conflict.columns(['website_id', 'person_id']).doUpdateSet({
        role: sql<Role>`CASE WHEN ${rankOf('excluded.role')} > ${rankOf('memberships.role')}
          THEN excluded.role ELSE memberships.role END`,
      }),
    )
    .returning('role');
  return db.first(insert)?.role;
}

/** In a transaction: nobody else can change a membership until it ends. */
function mayChange(db: Database, websiteId: WebsiteId, personId: PersonId, role: Role | undefined): MemberChange {
  const has = roleOf(db, personId, websiteId);
  if (has === undefined) return 'no-member';
  if (has !== 'owner' || role === 'owner') return 'done';
  const { query } = db;
  const owners = query.selectFrom('memberships').select('person_id').where('website_id', '=', websiteId);
  const another = owners.where('role', '=', 'owner').where('person_id', '<>', personId).limit(1);
  return db.first(another) === undefined ? 'last-owner' : 'done';
}
