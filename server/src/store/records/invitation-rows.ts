import type { PersonId, Role } from '../../model/identity.ts';
import { epochMs } from '../../model/units.ts';
import type { Origin, WebsiteId } from '../../model/website.ts';
import type { Invitation } from '../ports/members.ts';

export interface InvitationRow {
  readonly id: number;
  readonly website_id: number;
  readonly role: Role;
  readonly token_hash: string;
  readonly created_by: string | null;
  readonly created_at: number;
  readonly expires_at: number;
  readonly origin: string;
  readonly name: string | null;
}

export function toInvitation(row: InvitationRow): Invitation {
  return {
    id: row.id,
    websiteId: row.website_id as WebsiteId,
    origin: row.origin as Origin,
    role: row.role,
    tokenHash: row.token_hash,
    createdBy: row.created_by as PersonId | null,
    createdByName: row.name,
    createdAt: epochMs(row.created_at),
    expiresAt: epochMs(row.expires_at),
  };
}
