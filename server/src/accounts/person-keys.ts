import type { IncomingHttpHeaders } from 'node:http';
import type { PersonId, Scope } from '../model/identity.ts';
import { fieldsOf, rightsOf } from './accounts.ts';
import type { LazyAuth } from './lazy-auth.ts';

export interface PersonKey {
  readonly id: string;
  readonly name: string;
  /** Its first characters, to recognise it by. */
  readonly start: string;
  readonly scopes: readonly string[];
  /** Null for all of the person's websites. */
  readonly websiteIds: readonly number[] | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
}

export interface NewPersonKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly websiteIds: readonly number[] | null;
  readonly expiresInDays: number | null;
}

const secondsOfDay = 86_400;

/** Personal API keys, `ogplus_key_…`; only their hashes are stored. */
export class PersonKeys {
  readonly #auth: LazyAuth;

  constructor(auth: LazyAuth) {
    this.#auth = auth;
  }

  /** The signed-in person's keys, newest first. */
  async of(headers: IncomingHttpHeaders): Promise<PersonKey[]> {
    const query = { sortBy: 'createdAt', sortDirection: 'desc' } as const;
    const { api } = await this.#auth();
    const { apiKeys } = await api.listApiKeys({ headers: fieldsOf(headers), query });
    return apiKeys.map(toKey);
  }

  /** The only time the key itself is returned. */
  async create(personId: PersonId, wanted: NewPersonKey): Promise<PersonKey & { readonly key: string }> {
    const { name, scopes, websiteIds, expiresInDays } = wanted;
    const expiresIn = expiresInDays === null ? {} : { expiresIn: expiresInDays * secondsOfDay };
    const rights = { permissions: { scopes: [...scopes] }, metadata: { websiteIds } };
    const { api } = await this.#auth();
    const made = await api.createApiKey({ body: { userId: personId, name, ...rights, ...expiresIn } });
    return { ...toKey(made), key: made.key };
  }

  /** Takes effect from the next request. Returns false if the signed-in person has no such key. */
  async revoke(headers: IncomingHttpHeaders, keyId: string): Promise<boolean> {
    const { api } = await this.#auth();
    try {
      await api.deleteApiKey({ headers: fieldsOf(headers), body: { keyId } });
      return true;
    } catch (error) {
      if (error instanceof Error && 'status' in error && error.status === 'NOT_FOUND') return false; // better-auth's
      throw error;
    }
  }
}

type Row = Parameters<typeof rightsOf>[0] & {
  readonly id: string;
  readonly name: string | null;
  readonly start: string | null;
  readonly createdAt: Date;
  readonly lastRequest: Date | null;
  readonly expiresAt: Date | null;
};

function toKey(row: Row): PersonKey {
  const { id, name, start, createdAt, lastRequest: lastUsedAt, expiresAt } = row;
  return { id, name: name ?? '', start: start ?? '', ...rightsOf(row), createdAt, lastUsedAt, expiresAt };
}
