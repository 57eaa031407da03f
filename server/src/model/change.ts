import type { Actor } from './audit.ts';
import type { HostName, Target, WebsiteId } from './website.ts';

/** Why something was purged. */
export interface PurgeCause {
  /** Who asked for it, or changed the setting; null where nobody said. */
  readonly by: Actor | null;
  /** The change of a setting that it comes with, a sentence; null for a purge that was asked for. */
  readonly why: string | null;
}

export type PurgeScope =
  | { readonly kind: 'page'; readonly target: Target }
  /** Every target that begins with `prefix`. */
  | { readonly kind: 'prefix'; readonly prefix: Target }
  | { readonly kind: 'website' };

/**
 * A change by this or another process that the memory caches must follow. `purgeVersion` is its position in the order of
 * all changes: anything with a smaller one began before it.
 */
export type Change = { readonly purgeVersion: number } & (
  | { readonly kind: 'purge'; readonly websiteId: WebsiteId; readonly scope: PurgeScope }
  /** Created, removed, or its settings or keys changed. */
  | {
      readonly kind: 'website';
      readonly websiteId: WebsiteId;
      /** Its current custom host name. */
      readonly ownHost: HostName | null;
    }
  /** Changes were missed: anything may have changed. */
  | { readonly kind: 'everything'; readonly ownHosts: ReadonlyMap<HostName, WebsiteId> }
);
