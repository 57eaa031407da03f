import type { PersonId, Role } from '../../model/identity.ts';
import type { EpochMs } from '../../model/units.ts';
import type { Origin, Website, WebsiteId } from '../../model/website.ts';

export interface Member {
  readonly personId: PersonId;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

/** The result of changing a membership: `last-owner` changed nothing, since the website needs an owner. */
export type MemberChange = 'done' | 'no-member' | 'last-owner';

interface NewInvitation {
  readonly websiteId: WebsiteId;
  readonly role: Role;
  /** Hash of the link's token; the token itself is not stored. */
  readonly tokenHash: string;
  /** Null if made with a website's key. */
  readonly createdBy: PersonId | null;
  readonly createdAt: EpochMs;
  readonly expiresAt: EpochMs;
}

export interface Invitation extends NewInvitation {
  readonly id: number;
  readonly origin: Origin;
  /** Its creator's name. */
  readonly createdByName: string | null;
}

/** A person who has an account. */
export interface Person {
  readonly id: PersonId;
  readonly name: string;
  readonly email: string;
  readonly createdAt: EpochMs;
}

/** Memberships and invitations. They are deleted with their website. */
export interface Members {
  /** Everybody who has an account, by e-mail address. */
  people(): Promise<Person[]>;
  person(id: PersonId): Promise<Person | undefined>;
  roleOf(personId: PersonId, websiteId: WebsiteId): Promise<Role | undefined>;
  websitesOf(personId: PersonId): Promise<Website[]>;
  /** By name. */
  of(websiteId: WebsiteId): Promise<Member[]>;
  /** Makes a member; a higher role is kept. Returns the role, undefined if the website was removed. */
  join(websiteId: WebsiteId, personId: PersonId, role: Role, at: EpochMs): Promise<Role | undefined>;
  /** Whoever stops being an owner loses the open invitations that they made; so does who is removed. */
  changeRole(websiteId: WebsiteId, personId: PersonId, role: Role): Promise<MemberChange>;
  remove(websiteId: WebsiteId, personId: PersonId): Promise<MemberChange>;

  /** Returns its id; undefined if the website was removed. */
  invite(invitation: NewInvitation): Promise<number | undefined>;
  /** Valid ones, oldest first. */
  invitationsOf(websiteId: WebsiteId, now: EpochMs): Promise<Invitation[]>;
  /** The invitation, if it is valid: not expired, and its maker still has at least the role that it gives. */
  invitation(tokenHash: string, now: EpochMs): Promise<Invitation | undefined>;
  /** Uses up the invitation if it is valid: of concurrent calls, one gets it. */
  takeInvitation(tokenHash: string, now: EpochMs): Promise<Invitation | undefined>;
  withdrawInvitation(websiteId: WebsiteId, id: number): Promise<boolean>;

  /** The person with the first account, who owns the service; undefined while there is none. */
  firstAccount(): Promise<PersonId | undefined>;
  /**
   * Whether the caller may create the first account: one process at a time, until it is created or given up. A claim
   * expires after a minute, in case of a crash.
   */
  claimFirstAccount(now: EpochMs): Promise<boolean>;
  giveUpFirstAccount(): Promise<void>;
  /** Makes the person the first account and owner of every website without one. Returns false if there is another. */
  settleFirstAccount(personId: PersonId, at: EpochMs): Promise<boolean>;
  /** Makes the person the owner of the service, in place of whoever is. Memberships stay as they are. */
  handOverService(personId: PersonId, at: EpochMs): Promise<void>;
}
