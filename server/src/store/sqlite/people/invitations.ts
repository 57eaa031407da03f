import { sql } from 'kysely';
import type { EpochMs } from '../../../model/units.ts';
import type { Invitation, Members } from '../../ports/members.ts';
import { toInvitation } from '../../records/invitation-rows.ts';
import type { Database } from '../database.ts';
import { findWebsite } from '../websites/find-website.ts';
import { rankOf } from './members.ts';

type Invitations = Pick<Members, 'invite' | 'invitationsOf' | 'invitation' | 'takeInvitation' | 'withdrawInvitation'>;

export function invitationsOf(db: Database): Invitations {
  const { query } = db;

  const find = (tokenHash: string, now: EpochMs): Invitation | undefined => {
    const row = db.first(good(db, now).where('token_hash', '=', tokenHash));
    return row && toInvitation(row);
  };

  return {
    async invite(invitation) {
      const row = {
        website_id: invitation.websiteId,
        role: invitation.role,
        token_hash: invitation.tokenHash,
        created_by: invitation.createdBy,
        created_at: invitation.createdAt,
        expires_at: invitation.expiresAt,
      };
      return db.transaction(() => {
        if (findWebsite(db, 'id', invitation.websiteId) === undefined) return undefined;
        return db.run(query.insertInto('invitations').values(row)).lastId;
      });
    },

    async invitationsOf(websiteId, now) {
      return db
        .all(good(db, now).where('invitations.website_id', '=', websiteId).orderBy('invitations.id'))
        .map(toInvitation);
    },

    invitation: async (tokenHash, now) => find(tokenHash, now),

    async takeInvitation(tokenHash, now) {
      return db.transaction(() => {
        const found = find(tokenHash, now);
        // Expired ones go with it.
        const done = query
          .deleteFrom('invitations')
          .where((where) => where.or([where('token_hash', '=', tokenHash), where('expires_at', '<=', now)]));
        db.run(done);
        return found;
      });
    },

    async withdrawInvitation(websiteId, id) {
      const one = query.deleteFrom('invitations').where('website_id', '=', websiteId).where('id', '=', id);
      return db.run(one).changes > 0;
    },
  };
}

/** Those that are not expired, and give no more than their maker has now. */
function good(db: Database, now: EpochMs) {
  return db.query
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
