import type { PersonId } from '../model/identity.ts';
import type { LazyAuth } from './lazy-auth.ts';

export interface Session {
  readonly id: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly expiresAt: Date;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
}

/** A person's sessions. */
export class Sessions {
  readonly #auth: LazyAuth;

  constructor(auth: LazyAuth) {
    this.#auth = auth;
  }

  /** Newest first. */
  async of(personId: PersonId): Promise<Session[]> {
    const sessions = await this.#all(personId);
    return sessions
      .map(({ id, createdAt, updatedAt, expiresAt, ipAddress, userAgent }) => ({
        id,
        createdAt,
        updatedAt,
        expiresAt,
        ipAddress: ipAddress || null,
        userAgent: userAgent || null,
      }))
      .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  }

  /** Ends the person's sessions that match, from the next request on. Returns how many. */
  async end(personId: PersonId, isMeant: (sessionId: string) => boolean): Promise<number> {
    const { internalAdapter } = await (await this.#auth()).$context;
    const meant = (await this.#all(personId)).filter(({ id }) => isMeant(id));
    for (const { token } of meant) await internalAdapter.deleteSession(token);
    return meant.length;
  }

  async #all(personId: PersonId) {
    const { internalAdapter } = await (await this.#auth()).$context;
    return internalAdapter.listSessions(personId, { onlyActiveSessions: true });
  }
}
