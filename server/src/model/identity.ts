import type { PublicKey, WebsiteId } from './website.ts';

/** Identifies a person who has an account. */
export type PersonId = string & { readonly __brand: 'PersonId' };

/** What a member may do with a website; each role includes those after it. */
export type Role = 'owner' | 'editor' | 'viewer';

/** What a personal key may be used for. */
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

/** The authenticated caller. */
export type Identity =
  /** A website's own `ogplus_live_…`: owner of that website only. */
  | { readonly kind: 'website-key'; readonly websiteId: WebsiteId; readonly publicKey: PublicKey }
  /** A person who is signed in. */
  | { readonly kind: 'session'; readonly personId: PersonId; readonly sessionId: string }
  /** A person's `ogplus_key_…`: what the person may do, limited to its scopes and websites. */
  | {
      readonly kind: 'person-key';
      readonly personId: PersonId;
      readonly keyName: string;
      readonly scopes: readonly string[];
      /** Null for all of the person's. */
      readonly websiteIds: readonly number[] | null;
    };

/** A person, whether signed in or by a key. */
export type PersonIdentity = Exclude<Identity, { kind: 'website-key' }>;

/** Identifies the caller in rate limits. */
export function callerName(identity: Identity): string {
  return identity.kind === 'website-key' ? `website ${identity.websiteId}` : `person ${identity.personId}`;
}

/** What a route requires of its caller. A personal key needs the scope, where one is named. */
export type Access =
  /** No identity is needed. */
  | { readonly who: 'anyone' }
  /** Any identity; it sees what is its own. */
  | { readonly who: 'identified'; readonly scope: Scope }
  /** A person, by session or key. */
  | { readonly who: 'person'; readonly scope?: Scope }
  /** A person who is signed in, not a key. */
  | { readonly who: 'session' }
  /** The owner of the service, signed in. */
  | { readonly who: 'service-owner' }
  /** At least this role on the website in the path; any role for the person in the path parameter `orSelf`. */
  | { readonly who: 'member'; readonly role: Role; readonly scope: Scope; readonly orSelf?: 'userId' };

const ranks: readonly Role[] = ['viewer', 'editor', 'owner'];

export function isAtLeast(role: Role, needed: Role): boolean {
  return ranks.indexOf(role) >= ranks.indexOf(needed);
}
