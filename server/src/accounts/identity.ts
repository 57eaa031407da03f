import type { WebsiteId } from '../websites/website.ts';

/** What one may do with a website; each role may do all that the ones after it may. */
export type Role = 'owner' | 'editor' | 'viewer';

/** What a route is about; for keys that are not to open everything. */
export type Scope = 'website:read' | 'website:write' | 'keys:write' | 'pages:read' | 'pages:purge' | 'usage:read';

/** Who asks: a website's own `ogplus_live_…`, an owner of that website and of nothing else. */
export interface Identity {
  readonly kind: 'website-key';
  readonly websiteId: WebsiteId;
}

/** Tells callers apart where what they do is counted. */
export function callerName({ websiteId }: Identity): string {
  return `website ${websiteId}`;
}

/** What a route asks of who calls it. */
export type Access =
  /** No identity is needed. */
  | { readonly who: 'anyone' }
  /** Any identity; what it sees is its own. */
  | { readonly who: 'identified' }
  /** At least this role on the website of the path. */
  | { readonly who: 'member'; readonly role: Role; readonly scope: Scope };

const ranks: readonly Role[] = ['viewer', 'editor', 'owner'];

export function isAtLeast(role: Role, needed: Role): boolean {
  return ranks.indexOf(role) >= ranks.indexOf(needed);
}
