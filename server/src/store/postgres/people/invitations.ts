import { sql } from 'kysely';
import type { EpochMs } from '../../../model/units.ts';
import type { Members } from '../../ports/members.ts';
import { toInvitation } from '../../records/invitation-rows.ts';
import { type Database, query } from '../connection/database.ts';
import { rankOf } from './members.ts';

type Invitations = Pick<Members, 'invite' | 'invitationsOf' | 'invitation' | 'takeInvitation' | 'withdrawInvitation'>;

export function invitationsOf(db: Database): Invitations {
  return {
    async invite({ websiteId, role, tokenHash, createdBy, createdAt, expiresAt }) {
      const made = await db.first(sql<{ id: number }>`
        INSERT INTO invitations (website_id, role, token_hash, created_by, created_at, expires_at)
        SELECT id, ${role}, ${tokenHash}, ${createdBy}, ${createdAt}::bigint, ${expiresAt}::bigint
          FROM websites WHERE id = ${websiteId} FOR KEY SHARE
        RETURNING id`);
      return made?.id;
    },

    async invitationsOf(websiteId, now) {
      const rows = await db.all(good(now).where('invitations.website_id', '=', websiteId).orderBy('invitations.id'));
      return rows.map(toInvitation);
    },

    async invitation(tokenHash, now) {
      const row = await db.first(good(now).where('token_hash', '=', tokenHash));
      return row && toInvitation(row);
    },

    async takeInvitation(tokenHash, now) {
      return db.transaction(async (tx) => {
        const row = await tx.first(good(now).where('token_hash', '=', tokenHash));
        // Expired ones go with it.
        const done = query
          .deleteFrom('invitations')
          .where((where) => where.or([where('token_hash', '=', tokenHash), where('expires_at', '<=', now)]));
        const taken = await tx.all(done.returning('token_hash'));
        return row !== undefined && taken.some(({ token_hash }) => token_hash === tokenHash)
          ? toInvitation(row)
          : undefined;
      });
    },

    async withdrawInvitation(websiteId, id) {
      const one = query.deleteFrom('invitations').where('website_id', '=', websiteId).where('id', '=', id);
      return (await db.run(one)) > 0;
    },
  };
}

/** Those that are not expired, and give no more than their maker has now. */
function good(now: EpochMs) {
  return query
    .selectFrom('invitations')
    .innerJoin('websites', 'websites.id', 'invitations.website_id')
    .leftJoin('user', 'user.id', 'invitations.created_by')
    .leftJoin('memberships as maker', (join) =>
      join
        .onRef('maker.website_id', '=', 'invitations.website_id')
        .onRef('maker.person_id', '=', 'invitations.created_by'),
    )
    .selectAll('invitations')
    .select(['websites.origin', 'user.name'])
    .where('invitations.expires_at', '>', now)
    .where((where) =>
      where.or([
        where('invitations.created_by', 'is', null),
        sql<boolean>`${rankOf('maker.role')} >= ${rankOf('invitations.role')}`,
      ]),
    );
}
