import type { WebsiteId } from './website.ts';

/** Names a person who has an account. */
export type PersonId = string & { readonly __brand: 'PersonId' };

/** What one may do with a website; each role may do all that the ones after it may. */
export type Role = 'owner' | 'editor' | 'viewer';

/** What a key of a person may be good for. */
export const scopes = [
  'website:read',
  'website:write',
  'website:create',
  'keys:write',
  'members:write',
  'pages:read',
  'pages:purge',
  'usage:read',
  'preview',
] as const;

export type Scope = (typeof scopes)[number];

/** Who asks. */
export type Identity =
  /** A website's own `ogplus_live_…`: an owner of that website and nothing else. */
  | { readonly kind: 'website-key'; readonly websiteId: WebsiteId }
  /** A person who is signed in. */
  | { readonly kind: 'session'; readonly personId: PersonId; readonly sessionId: string }
  /** A person's `ogplus_key_…`: what the person may do, as far as its scopes and websites go. */
  | {
      readonly kind: 'person-key';
      readonly personId: PersonId;
      readonly scopes: readonly string[];
      /** Null for all of the person's. */
      readonly websiteIds: readonly number[] | null;
    };

/** A person, whether signed in or by a key. */
export type PersonIdentity = Exclude<Identity, { kind: 'website-key' }>;

/** Tells callers apart where what they do is counted. */
export function callerName(identity: Identity): string {
  return identity.kind === 'website-key' ? `website ${identity.websiteId}` : `person ${identity.personId}`;
}

/** What a route asks of who calls it. A person's key needs the scope, where one is named. */
export type Access =
  /** No identity is needed. */
  | { readonly who: 'anyone' }
  /** Any identity; what it sees is its own. */
  | { readonly who: 'identified'; readonly scope: Scope }
  /** A person, by session or key. */
  | { readonly who: 'person'; readonly scope?: Scope }
  /** A person who is signed in; no key. */
  | { readonly who: 'session' }
  /** At least this role on the website of the path; in any role, the person whom `orSelf` of the path names. */
  | { readonly who: 'member'; readonly role: Role; readonly scope: Scope; readonly orSelf?: 'userId' };

const ranks: readonly Role[] = ['viewer', 'editor', 'owner'];

export function isAtLeast(role: Role, needed: Role): boolean {
  return ranks.indexOf(role) >= ranks.indexOf(needed);
}
