import type { IncomingHttpHeaders } from 'node:http';
import type { Identity, PersonId } from '../model/identity.ts';
import { type Auth, clientHeader, keyPrefix } from './auth.ts';
import { personOfLink, revokeKeysOf } from './reset-links.ts';

/** A request that came in, as far as better-auth needs to know it. */
export interface AuthRequest {
  readonly headers: IncomingHttpHeaders;
  /** The client's address, as we know it. */
  readonly ip: string;
}

// What better-auth judges a request by. Nothing else of a client's gets there.
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

/** A person who is signed in, and the cookies that keep the session alive. */
export interface SignedIn {
  readonly identity: Identity & { readonly kind: 'session' };
  readonly cookies: readonly string[];
}

/** Who a person is, by session or key; better-auth knows. */
export class Accounts {
  readonly #auth: Auth;

  constructor(auth: Auth) {
    this.#auth = auth;
  }

  /** Asks one of better-auth's own routes, with all that it does about it: limits, origins, cookies. */
  ask(path: string, { headers, ip }: AuthRequest, body: object): Promise<Response> {
    const { baseURL, basePath } = this.#auth.options;
    const fields = fieldsOf(headers);
    fields.set('content-type', 'application/json');
    fields.set(clientHeader, ip);
    const asked = { method: 'POST', headers: fields, body: JSON.stringify(body) };
    return this.#auth.handler(new Request(`${baseURL}${basePath}${path}`, asked));
  }

  /** Who is signed in; undefined for nobody. The database is asked each time: a session that was ended is none. */
  async signedIn(headers: IncomingHttpHeaders): Promise<SignedIn | undefined> {
    if (headers.cookie === undefined) return undefined;
    const answer = await this.#auth.api.getSession({ headers: fieldsOf(headers), returnHeaders: true });
    if (answer.response === null) return undefined;
    const { id: sessionId, userId } = answer.response.session;
    const identity = { kind: 'session', personId: userId as PersonId, sessionId } as const;
    return { identity, cookies: answer.headers.getSetCookie() };
  }

  /** Whose password a link sets; undefined for a link that is not good. */
  personOfLink(token: string): Promise<string | undefined> {
    return personOfLink(this.#auth.$context, token);
  }

  /** From the next request on the person's API keys open nothing. */
  revokeKeysOf(personId: string): Promise<void> {
    return revokeKeysOf(this.#auth.$context, personId);
  }

  /** Whose key it is and what it is good for; undefined for one that is none, is over, or was revoked. */
  async holderOf(key: string): Promise<Identity | undefined> {
    if (!key.startsWith(keyPrefix)) return undefined;
    const { key: found } = await this.#auth.api.verifyApiKey({ body: { key } });
    if (found === null) return undefined;
    const { scopes, websiteIds } = rightsOf(found);
    return { kind: 'person-key', personId: found.referenceId as PersonId, scopes, websiteIds };
  }
}

/** What a key is good for, out of where better-auth keeps it. */
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

/** The fields of a request that better-auth is to see. */
export function fieldsOf(headers: IncomingHttpHeaders): Headers {
  const fields = new Headers();
  for (const name of passedOn) {
    const value = headers[name];
    if (typeof value === 'string') fields.set(name, value);
  }
  return fields;
}
