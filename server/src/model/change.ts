import type { HostName, Target, WebsiteId } from './website.ts';

export type PurgeScope =
  | { readonly kind: 'page'; readonly target: Target }
  /** Every target that begins with `prefix`. */
  | { readonly kind: 'prefix'; readonly prefix: Target }
  | { readonly kind: 'website' };

/**
 * Something that this or another process changed and that what is kept in memory must follow. `purgeVersion` is its
 * number in the order of all changes: what carries a smaller one began before it.
 */
export type Change = { readonly purgeVersion: number } & (
  | { readonly kind: 'purge'; readonly websiteId: WebsiteId; readonly scope: PurgeScope }
  /** Created, removed, or its settings or keys changed. */
  | {
      readonly kind: 'website';
      readonly websiteId: WebsiteId;
      /** The host name of its own that it has now. */
      readonly ownHost: HostName | null;
    }
  /** Changes were missed: anything may have changed. */
  | { readonly kind: 'everything'; readonly ownHosts: ReadonlyMap<HostName, WebsiteId> }
);
