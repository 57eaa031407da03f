import type { EpochMs } from './units.ts';
import type { Target, WebsiteId } from './website.ts';

/** How a response is judged, in words for the site's owner. Pure. */
export interface Explanation {
  /** One sentence: what happens with the card. */
  readonly verdict: string;
  /** What decided it and what follows, one sentence each. */
  readonly reasons: readonly string[];
  /** What the page declared without effect, and why. */
  readonly ignored: readonly string[];
  /** What the owner could do better. */
  readonly advice: readonly string[];
}

/** What was done about a page at one moment, and why; for its owner. Cache hits aren't listed. */
export interface Decision {
  readonly at: EpochMs;
  readonly kind:
    | 'drawn'
    | 'unfinished'
    | 'revalidated'
    | 'same-version'
    | 'same-document'
    | 'stale'
    | 'gone'
    | 'failed'
    | 'purged';
  /** A name of `consumers.json`, or `generic`; null for a purge. */
  readonly consumer: string | null;
  /** The origin's status code; null where it was not asked or did not answer. */
  readonly status: number | null;
  /** How the response was judged; null where there was none. */
  readonly explanation: Explanation | null;
  /** The error message; for `stale`, why an old card was sent. */
  readonly failure: string | null;
  /** What the render did not wait for, or why it gives no card, one sentence each; usually none. */
  readonly remarks?: readonly string[];
}

export interface PageDecision {
  readonly websiteId: WebsiteId;
  readonly target: Target;
  readonly decision: Decision;
}
