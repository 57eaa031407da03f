import type { Target, WebsiteId } from './website.ts';

export type PurgeScope =
  | { readonly kind: 'page'; readonly target: Target }
  /** Every target that begins with `prefix`. */
  | { readonly kind: 'prefix'; readonly prefix: Target }
  | { readonly kind: 'website' };

/** Something that this or another process changed and that what is kept in memory must follow. */
export type Change =
  | { readonly kind: 'purge'; readonly websiteId: WebsiteId; readonly scope: PurgeScope }
  /** Created, removed, or its settings changed. */
  | { readonly kind: 'website'; readonly websiteId: WebsiteId };
