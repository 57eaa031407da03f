import type { WebsiteId } from '../websites/website.ts';

/** What one may do with a website; each role may do all that the ones after it may. */
export type Role = 'owner' | 'editor' | 'viewer';

/** What an API key for scripts may do. */
export type Scope =
  | 'website:read'
  | 'website:write'
  | 'keys:write'
  | 'members:write'
  | 'pages:read'
  | 'pages:purge'
  | 'usage:read';

/** Who asks. An operator, the account that was made first, is an owner of every website. */
export type Identity =
  | { readonly kind: 'account'; readonly accountId: string; readonly isOperator: boolean }
  | {
      readonly kind: 'api-key';
      readonly accountId: string;
      readonly isOperator: boolean;
      readonly scopes: readonly Scope[];
      /** Null: every website of the account. */
      readonly websiteId: WebsiteId | null;
    }
  /** A website's own `ogplus_live_…`: an owner of that website, and of nothing else. */
  | { readonly kind: 'website-key'; readonly websiteId: WebsiteId };

/** What a route asks of who calls it. */
export type Access =
  /** No identity is needed. */
  | { readonly who: 'anyone' }
  /** An account that is signed in; no key. */
  | { readonly who: 'account' }
  /** Any identity; what it sees is its own. */
  | { readonly who: 'identified' }
  /** At least this role on the website of the path, and for API keys this scope. */
  | { readonly who: 'member'; readonly role: Role; readonly scope: Scope };

const ranks: readonly Role[] = ['viewer', 'editor', 'owner'];

export function isAtLeast(role: Role, needed: Role): boolean {
  return ranks.indexOf(role) >= ranks.indexOf(needed);
}
