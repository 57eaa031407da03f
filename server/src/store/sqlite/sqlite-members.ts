import type { PersonId, Role } from '../../model/identity.ts';
import type { EpochMs } from '../../model/units.ts';
import type { WebsiteId } from '../../model/website.ts';
import type { Members, NewInvitation } from '../members.ts';
import type { Database } from './database.ts';
import * as first from './first-account.ts';
import * as invitations from './invitations.ts';
import * as members from './members.ts';

/** Memberships and invitations in SQLite. */
export class SqliteMembers implements Members {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async people() {
    return members.allPeople(this.#db);
  }

  async person(id: PersonId) {
    return members.findPerson(this.#db, id);
  }

  async roleOf(personId: PersonId, websiteId: WebsiteId) {
    return members.roleOf(this.#db, personId, websiteId);
  }

  async websitesOf(personId: PersonId) {
    return members.websitesOf(this.#db, personId);
  }

  async of(websiteId: WebsiteId) {
    return members.membersOf(this.#db, websiteId);
  }

  async join(websiteId: WebsiteId, personId: PersonId, role: Role, at: EpochMs) {
    return members.join(this.#db, websiteId, personId, role, at);
  }

  async changeRole(websiteId: WebsiteId, personId: PersonId, role: Role) {
    return members.changeRole(this.#db, websiteId, personId, role);
  }

  async remove(websiteId: WebsiteId, personId: PersonId) {
    return members.removeMember(this.#db, websiteId, personId);
  }

  async invite(invitation: NewInvitation) {
    return invitations.invite(this.#db, invitation);
  }

  async invitationsOf(websiteId: WebsiteId, now: EpochMs) {
    return invitations.invitationsOf(this.#db, websiteId, now);
  }

  async invitation(tokenHash: string, now: EpochMs) {
    return invitations.findInvitation(this.#db, tokenHash, now);
  }

  async takeInvitation(tokenHash: string, now: EpochMs) {
    return invitations.takeInvitation(this.#db, tokenHash, now);
  }

  async withdrawInvitation(websiteId: WebsiteId, id: number) {
    return invitations.withdrawInvitation(this.#db, websiteId, id);
  }

  async firstAccount() {
    return first.firstAccount(this.#db);
  }

  async claimFirstAccount(now: EpochMs) {
    return first.claimFirstAccount(this.#db, now);
  }

  async giveUpFirstAccount() {
    first.giveUpFirstAccount(this.#db);
  }

  async settleFirstAccount(personId: PersonId, at: EpochMs) {
    return first.settleFirstAccount(this.#db, personId, at);
  }
}
