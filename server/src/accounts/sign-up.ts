import type { PersonId } from '../model/identity.ts';
import { Problem } from '../model/problem.ts';
import type { Clock } from '../model/units.ts';
import type { Invitation, Members } from '../store/ports/members.ts';
import type { Accounts, AuthRequest } from './accounts.ts';
import { failureOf } from './auth-failures.ts';
import { hashOf, isSameToken } from './links.ts';

export interface NewAccount {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** The token of the first account's link or of an invitation. */
  readonly invitation?: string;
}

export interface NewPassword {
  readonly password: string;
  readonly revokeKeys: boolean;
}

export interface MadeAccount {
  readonly person: { readonly id: PersonId; readonly name: string; readonly email: string };
  /** They sign the person in. */
  readonly cookies: readonly string[];
}

export interface SignUpOptions {
  readonly accounts: Accounts;
  readonly members: Members;
  readonly clock: Clock;
  /** The token of the link that creates the first account. */
  readonly firstToken: string;
  /** Whether anybody may create an account. */
  readonly open: boolean;
}

/** What allows somebody to create an account. It is taken before the account is created, so that it works once. */
type Right =
  | { readonly kind: 'open' }
  | { readonly kind: 'first' }
  | { readonly kind: 'invited'; readonly invitation: Invitation };

/** Creates accounts, and resets lost passwords. */
export class SignUp {
  readonly #options: SignUpOptions;

  constructor(options: SignUpOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#options.open;
  }

  /** Whether it is the token of the first account's link, and still valid. */
  async isFirst(token: string): Promise<boolean> {
    const { members, firstToken } = this.#options;
    return isSameToken(token, firstToken) && (await members.firstAccount()) === undefined;
  }

  /** @throws {Problem} `forbidden` without a right, `conflict` for a taken e-mail address, `invalid`, `too-many-requests`. */
  async make({ invitation, ...wanted }: NewAccount, request: AuthRequest): Promise<MadeAccount> {
    const right = await this.#take(invitation);
    const made = await this.#create(wanted, request).catch(async (error: unknown) => {
      await this.#giveBack(right);
      throw error;
    });
    await this.#use(right, made.person.id);
    return made;
  }

  /**
   * @param revokeKeys whether the person's API keys end too.
   * @throws {Problem} `not-found` for an invalid link, `invalid` for the password, `too-many-requests`.
   */
  async resetPassword(token: string, { password, revokeKeys }: NewPassword, request: AuthRequest): Promise<void> {
    const { accounts } = this.#options;
    const personId = await accounts.personOfLink(token);
    const answer = await accounts.ask('/reset-password', request, { token, newPassword: password });
    if (!answer.ok) throw await failureOf(answer);
    if (revokeKeys && personId !== undefined) await accounts.revokeKeysOf(personId);
  }

  async #create(wanted: Omit<NewAccount, 'invitation'>, request: AuthRequest): Promise<MadeAccount> {
    const answer = await this.#options.accounts.ask('/sign-up/email', request, wanted);
    if (!answer.ok) throw await failureOf(answer);
    const { user } = (await answer.json()) as { user: MadeAccount['person'] };
    const { id, name, email } = user;
    return { person: { id, name, email }, cookies: answer.headers.getSetCookie() };
  }

  async #take(token: string | undefined): Promise<Right> {
    const { members, clock, open } = this.#options;
    if (token === undefined) {
      if (!open) throw new Problem('forbidden', 'Accounts are by invitation only. Open the link that you were sent.');
      return { kind: 'open' };
    }
    if ((await this.isFirst(token)) && (await members.claimFirstAccount(clock.now()))) return { kind: 'first' };
    const invitation = await members.takeInvitation(hashOf(token), clock.now());
    if (invitation === undefined) {
      throw new Problem('forbidden', 'The link has expired, was withdrawn or was already used.');
    }
    return { kind: 'invited', invitation };
  }

  async #giveBack(right: Right): Promise<void> {
    const { members } = this.#options;
    if (right.kind === 'first') await members.giveUpFirstAccount();
    if (right.kind === 'invited') await members.invite(right.invitation);
  }

  async #use(right: Right, personId: PersonId): Promise<void> {
    const { members, clock } = this.#options;
    if (right.kind === 'first') await members.settleFirstAccount(personId, clock.now());
    if (right.kind !== 'invited') return;
    const { websiteId, role } = right.invitation;
    await members.join(websiteId, personId, role, clock.now());
  }
}
