import type { KeptCard } from './card.ts';
import type { Milliseconds, Seconds } from './units.ts';

/** How an answer came about; the parameters of `Cache-Status` (RFC 9211 §2). */
export interface CacheStatus {
  /** Answered without asking the origin. */
  readonly hit: boolean;
  /** Freshness left, seconds; negative for a stale answer. */
  readonly ttl?: number;
  readonly forwarded?: 'miss' | 'stale';
  /** The status the origin answered with. */
  readonly forwardStatus?: number;
  readonly stored?: boolean;
  /** Another request's fetch and render answered this one too. */
  readonly collapsed?: boolean;
  /** A token that says more: `stale-while-revalidate`. */
  readonly detail?: string;
}

export interface Timings {
  readonly fetch?: Milliseconds;
  readonly render?: Milliseconds;
  readonly encode?: Milliseconds;
}

/** The card, or the word that its page is gone (`card.outcome`), and what the requester may do with it. */
export interface CardResponse {
  readonly card: KeptCard;
  /** The picture's bytes; empty for a page that is gone. */
  readonly bytes: Buffer;
  /** How long the requester may keep it. */
  readonly reuse: Seconds | 'no-cache' | 'no-store';
  readonly served: CacheStatus;
  readonly timings: Timings;
  /** What its drawing has to say to the page's owner, a sentence each; none where nothing was drawn. */
  readonly remarks?: readonly string[];
}
