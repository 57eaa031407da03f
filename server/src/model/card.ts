import type { ByteLimits, Picture } from './picture.ts';
import type { Policy, ResponseHead } from './policy.ts';
import type { EpochMs } from './units.ts';
import type { Target, WebsiteId } from './website.ts';

/** One page of one website, for one consumer, in one variant (`''` unless the page's `Vary` asks for more). */
export interface CardId {
  readonly websiteId: WebsiteId;
  readonly target: Target;
  /** A name of `consumers.json`, or `generic`. */
  readonly consumer: string;
  readonly variant: string;
}

export type Outcome =
  | {
      readonly kind: 'picture';
      readonly picture: Picture;
      readonly renderedAt: EpochMs;
      /** Hash of everything the render depended on; another document with the same fingerprint gives the same picture. */
      readonly fingerprint: string;
      /** Consumers of the same response with an equal `common` get the same picture; null where there are none. */
      readonly common: { readonly fingerprint: string; readonly limits: ByteLimits } | null;
    }
  | { readonly kind: 'gone'; readonly status: 404 | 410 };

/** What is known of the response that a card was rendered from; everything that a `304` renews. */
export interface StoredResponse {
  readonly head: ResponseHead;
  readonly policy: Policy;
  /** `og:plus:cache:etag` of the document, null without one. */
  readonly versionTag: string | null;
}

export interface KeptCard extends StoredResponse {
  readonly id: CardId;
  readonly outcome: Outcome;
  /** Identifies the response this card was rendered from; cards that share it are renewed together. */
  readonly responseId: string;
  /** The purge version from before the fetch began; a larger one that covers the page makes the card invalid. */
  readonly purgeVersion: number;
}
