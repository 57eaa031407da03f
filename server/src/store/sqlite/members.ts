import { sql } from 'kysely';
import type { PersonId, Role } from '../../model/identity.ts';
import { type EpochMs, epochMs } from '../../model/units.ts';
import type { Website, WebsiteId } from '../../model/website.ts';
import type { Member, MemberChange, Person } from '../members.ts';
import type { Database } from './database.ts';
import { toWebsite } from './rows.ts';
import type { Schema } from './schema.ts';

const people = (db: Database) => db.query.selectFrom('user').select(['id', 'name', 'email', 'createdAt']);

export function allPeople(db: Database): Person[] {
  return db.all(people(db).orderBy('email')).map(toPerson);
}

export function findPerson(db: Database, id: PersonId): Person | undefined {
  const row = db.first(people(db).where('id', '=', id));
  return row && toPerson(row);
}

function toPerson({ id, name, email, createdAt }: Schema['user']): Person {
  return { id: id as PersonId, name, email, createdAt: epochMs(Date.parse(createdAt)) };
}

export function roleOf(db: Database, personId: PersonId, websiteId: WebsiteId): Role | undefined {
  const { query } = db;
  const one = query.selectFrom('memberships').select('role').where('website_id', '=', websiteId);
  return db.first(one.where('person_id', '=', personId))?.role;
}

export function websitesOf(db: Database, personId: PersonId): Website[] {
  const own = db.query
    .selectFrom('memberships')
    .innerJoin('websites', 'websites.id', 'memberships.website_id')
    .selectAll('websites')
    .where('memberships.person_id', '=', personId)
    .orderBy('websites.origin');
  return db.all(own).map(toWebsite);
}

export function membersOf(db: Database, websiteId: WebsiteId): Member[] {
  const members = db.query
    .selectFrom('memberships')
    .innerJoin('user', 'user.id', 'memberships.person_id')
    .select(['user.id', 'user.name', 'user.email', 'memberships.role'])
    .where('memberships.website_id', '=', websiteId)
    .orderBy(sql`user.name COLLATE NOCASE`)
    .orderBy('user.id');
  return db.all(members).map(({ id, ...member }) => ({ personId: id as PersonId, ...member }));
}

/** How high a role stands, in SQL. */
const rankOf = (role: string) => sql<number>`instr('viewer editor owner', ${sql.ref(role)})`;

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

export function changeRole(db: Database, websiteId: WebsiteId, personId: PersonId, role: Role): MemberChange {
  return db.transaction(() => {
    const change = mayChange(db, websiteId, personId, role);
    if (change !== 'done') return change;
    const member = db.query.updateTable('memberships').set({ role }).where('website_id', '=', websiteId);
    db.run(member.where('person_id', '=', personId));
    return change;
  });
}

export function removeMember(db: Database, websiteId: WebsiteId, personId: PersonId): MemberChange {
  return db.transaction(() => {
    const change = mayChange(db, websiteId, personId, undefined);
    if (change !== 'done') return change;
    const member = db.query.deleteFrom('memberships').where('website_id', '=', websiteId);
    db.run(member.where('person_id', '=', personId));
    return change;
  });
}

/** In a transaction: nobody else changes a membership until it has ended. */
function mayChange(db: Database, websiteId: WebsiteId, personId: PersonId, role: Role | undefined): MemberChange {
  const has = roleOf(db, personId, websiteId);
  if (has === undefined) return 'no-member';
  if (has !== 'owner' || role === 'owner') return 'done';
  const { query } = db;
  const owners = query.selectFrom('memberships').select('person_id').where('website_id', '=', websiteId);
  const another = owners.where('role', '=', 'owner').where('person_id', '<>', personId).limit(1);
  return db.first(another) === undefined ? 'last-owner' : 'done';
}
