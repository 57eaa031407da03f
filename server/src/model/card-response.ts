import type { KeptCard } from './card.ts';
import type { Milliseconds, Seconds } from './units.ts';

/** The detail of an old card that was sent because its renewal took longer than the website's patience. */
export const slowRenewal = 'slow-renewal';

/** How a response came about: the parameters of `Cache-Status` (RFC 9211 §2). */
export interface CacheStatus {
  /** Served without asking the origin. */
  readonly hit: boolean;
  /** Seconds of freshness left; negative for a stale response. */
  readonly ttl?: number;
  readonly forwarded?: 'miss' | 'stale';
  /** The origin's status code. */
  readonly forwardStatus?: number;
  readonly stored?: boolean;
  /** Shared another request's fetch and render. */
  readonly collapsed?: boolean;
  /** A token with more detail: `stale-while-revalidate`. */
  readonly detail?: string;
}

export interface Timings {
  readonly fetch?: Milliseconds;
  readonly render?: Milliseconds;
  readonly encode?: Milliseconds;
}

/** The card, or the record that its page is gone (`card.outcome`), and what the requester may do with it. */
export interface CardResponse {
  readonly card: KeptCard;
  /** The picture's bytes; empty for a page that is gone. */
  readonly bytes: Buffer;
  /** How long the requester may keep it. */
  readonly reuse: Seconds | 'no-cache' | 'no-store';
  readonly cacheStatus: CacheStatus;
  readonly timings: Timings;
  /** What the render reports to the page's owner, one sentence each; none where nothing was rendered. */
  readonly remarks?: readonly string[];
}
