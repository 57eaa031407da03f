import type { PersonId, Role } from '../../model/identity.ts';
import type { EpochMs } from '../../model/units.ts';
import type { Origin, Website, WebsiteId } from '../../model/website.ts';

export interface Member {
  readonly personId: PersonId;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

/** What became of a change of a membership: `last-owner` changed nothing, since nobody would own the website. */
export type MemberChange = 'done' | 'no-member' | 'last-owner';

export interface NewInvitation {
  readonly websiteId: WebsiteId;
  readonly role: Role;
  /** Of the link's token; the token itself is kept nowhere. */
  readonly tokenHash: string;
  /** Null where it is made with a website's key. */
  readonly createdBy: PersonId | null;
  readonly createdAt: EpochMs;
  readonly expiresAt: EpochMs;
}

export interface Invitation extends NewInvitation {
  readonly id: number;
  readonly origin: Origin;
  /** The name of who made it. */
  readonly createdByName: string | null;
}

/** A person who has an account. */
export interface Person {
  readonly id: PersonId;
  readonly name: string;
  readonly email: string;
  readonly createdAt: EpochMs;
}

/** Who may do what with which website. What belongs to a website goes with it. */
export interface Members {
  /** Everybody who has an account, by e-mail address. */
  people(): Promise<Person[]>;
  person(id: PersonId): Promise<Person | undefined>;
  roleOf(personId: PersonId, websiteId: WebsiteId): Promise<Role | undefined>;
  websitesOf(personId: PersonId): Promise<Website[]>;
  /** By name. */
  of(websiteId: WebsiteId): Promise<Member[]>;
  /** Makes a member; one who has a higher role keeps it. Gives the role, undefined where the website is gone. */
  join(websiteId: WebsiteId, personId: PersonId, role: Role, at: EpochMs): Promise<Role | undefined>;
  changeRole(websiteId: WebsiteId, personId: PersonId, role: Role): Promise<MemberChange>;
  remove(websiteId: WebsiteId, personId: PersonId): Promise<MemberChange>;

  /** Gives its id; undefined where the website is gone. */
  invite(invitation: NewInvitation): Promise<number | undefined>;
  /** Those that are still good, oldest first. */
  invitationsOf(websiteId: WebsiteId, now: EpochMs): Promise<Invitation[]>;
  /** The invitation, while it is good. */
  invitation(tokenHash: string, now: EpochMs): Promise<Invitation | undefined>;
  /** The same, and from now on it is good no more: of those who take it at once, one gets it. */
  takeInvitation(tokenHash: string, now: EpochMs): Promise<Invitation | undefined>;
  withdrawInvitation(websiteId: WebsiteId, id: number): Promise<boolean>;

  /** Who was here first; undefined while nobody is. */
  firstAccount(): Promise<PersonId | undefined>;
  /**
   * Whether the caller may make the first account: one at a time may, in all processes, until it is made or given up. A
   * claim that is a minute old was given up by a crash.
   */
  claimFirstAccount(now: EpochMs): Promise<boolean>;
  giveUpFirstAccount(): Promise<void>;
  /** The person is the first one, and owns every website that nobody owns. Gives false where somebody else is. */
  settleFirstAccount(personId: PersonId, at: EpochMs): Promise<boolean>;
}
