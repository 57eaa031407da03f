import type { IncomingHttpHeaders } from 'node:http';
import type { Identity, PersonId } from '../model/identity.ts';
import { withStoreFaults } from './auth-failures.ts';
import { clientHeader, keyPrefix } from './auth-names.ts';
import type { LazyAuth } from './lazy-auth.ts';
import { personOfLink, revokeKeysOf } from './reset-links.ts';

/** The parts of a request that better-auth needs. */
export interface AuthRequest {
  readonly headers: IncomingHttpHeaders;
  /** The client's address, as we determined it. */
  readonly ip: string;
}

// The request fields that better-auth sees; no others are passed on.
const passedOn = [
  'host',
  'origin',
  'referer',
  'cookie',
  'user-agent',
  'sec-fetch-site',
  'sec-fetch-mode',
  'sec-fetch-dest',
] as const;

/** A signed-in person, and cookies that extend the session. */
export interface SignedIn {
  readonly identity: Identity & { readonly kind: 'session' };
  readonly cookies: readonly string[];
}

/** People, by session or key, from better-auth. */
export class Accounts {
  readonly #auth: LazyAuth;

  constructor(auth: LazyAuth) {
    this.#auth = auth;
  }

  /** Calls a route of better-auth, with its limits, origin checks and cookies. */
  async ask(path: string, { headers, ip }: AuthRequest, body: object): Promise<Response> {
    const auth = await this.#auth();
    const { baseURL, basePath } = auth.options;
    const fields = fieldsOf(headers);
    fields.set('content-type', 'application/json');
    fields.set(clientHeader, ip);
    const asked = { method: 'POST', headers: fields, body: JSON.stringify(body) };
    return auth.handler(new Request(`${baseURL}${basePath}${path}`, asked));
  }

  /** The signed-in person, if any. Asks the database each time, so that an ended session stops at once. */
  async signedIn(headers: IncomingHttpHeaders): Promise<SignedIn | undefined> {
    if (headers.cookie === undefined) return undefined;
    const { api } = await this.#auth();
    const response = await withStoreFaults(api.getSession({ headers: fieldsOf(headers), returnHeaders: true }));
    if (response.response === null) return undefined;
    const { id: sessionId, userId } = response.response.session;
    const identity = { kind: 'session', personId: userId as PersonId, sessionId } as const;
    return { identity, cookies: response.headers.getSetCookie() };
  }

  /** The person whose password a link sets; undefined for an invalid link. */
  async personOfLink(token: string): Promise<string | undefined> {
    return personOfLink((await this.#auth()).$context, token);
  }

  /** Revokes the person's API keys from the next request on. */
  async revokeKeysOf(personId: string): Promise<void> {
    return revokeKeysOf((await this.#auth()).$context, personId);
  }

  /** A key's person and rights; undefined if it is unknown, expired or revoked. */
  async holderOf(key: string): Promise<Identity | undefined> {
    if (!key.startsWith(keyPrefix)) return undefined;
    const { api } = await this.#auth();
    const { key: found } = await withStoreFaults(api.verifyApiKey({ body: { key } }));
    if (found === null) return undefined;
    const { scopes, websiteIds } = rightsOf(found);
    const keyName = found.name ?? '';
    return { kind: 'person-key', personId: found.referenceId as PersonId, keyName, scopes, websiteIds };
  }
}

/** A key's rights, from better-auth's columns. */
export function rightsOf(key: {
  readonly permissions?: Readonly<Record<string, string[]>> | null | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
}) {
  const websiteIds = key.metadata?.['websiteIds'];
  return {
    scopes: key.permissions?.['scopes'] ?? [],
    websiteIds: Array.isArray(websiteIds) ? websiteIds.filter((id) => typeof id === 'number') : null,
  };
}

/** The request fields that better-auth may see. */
export function fieldsOf(headers: IncomingHttpHeaders): Headers {
  const fields = new Headers();
  for (const name of passedOn) {
    const value = headers[name];
    if (typeof value === 'string') fields.set(name, value);
  }
  return fields;
}
