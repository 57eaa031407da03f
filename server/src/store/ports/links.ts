import type { EpochMs } from '../../model/units.ts';
import type { Target, WebsiteId } from '../../model/website.ts';

/** What whoever has the link may do: call a deploy hook, be a crawler of a probe, see a shared preview. */
export type LinkKind = 'deploy-hook' | 'probe' | 'shared-preview';

export interface NewLink {
  readonly websiteId: WebsiteId;
  readonly kind: LinkKind;
  /** Hash of the link's token; the token itself is not stored. */
  readonly tokenHash: string;
  /** What the token is derived from, with the master key; null if the token is shown once and then unknown. */
  readonly salt: string | null;
  /** What tells it from others, for its owner; empty without a name. */
  readonly name: string;
  /** The page it is about; null for the whole website. */
  readonly target: Target | null;
  readonly createdAt: EpochMs;
  /** Null if it lasts until it is revoked. */
  readonly expiresAt: EpochMs | null;
}

export interface Link extends NewLink {
  readonly id: number;
  /** When it was last used; null if never. */
  readonly usedAt: EpochMs | null;
}

/** Links that work for whoever has them, without signing in. They are deleted with their website. */
export interface Links {
  /** Returns its id; undefined if the website was removed, or has `most` links of this kind that are valid. */
  create(link: NewLink, most: number): Promise<number | undefined>;
  /** Valid ones, newest first. */
  of(websiteId: WebsiteId, kind: LinkKind, now: EpochMs): Promise<Link[]>;
  find(kind: LinkKind, tokenHash: string, now: EpochMs): Promise<Link | undefined>;
  noteUse(id: number, at: EpochMs): Promise<void>;
  /** Revokes it; returns whether it was there. */
  remove(websiteId: WebsiteId, kind: LinkKind, id: number): Promise<boolean>;
  /** Removes those that expired before `before`. */
  forget(before: EpochMs): Promise<void>;
}
