import type { EpochMs } from './units.ts';
import type { Target, WebsiteId } from './website.ts';

/** How a response is judged, in words that a site owner understands. Pure. */
export interface Explanation {
  /** One sentence: what happens with the card. */
  readonly verdict: string;
  /** What decided, and what follows from it, a sentence each. */
  readonly reasons: readonly string[];
  /** What was said in vain, and why. */
  readonly ignored: readonly string[];
  /** What the owner could do better. */
  readonly advice: readonly string[];
}

/** What was done about a page at one moment, and why; for its owner. Answers from what is kept fresh are none. */
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
  /** What the origin answered; null where it was not asked or did not answer. */
  readonly status: number | null;
  /** How the response was judged; null where there was none. */
  readonly explanation: Explanation | null;
  /** The sentence of a failure; for `stale` the reason why an old card was sent. */
  readonly failure: string | null;
  /** What was not waited for in a drawing, or why it is no card, a sentence each; none for most. */
  readonly remarks?: readonly string[];
}

export interface PageDecision {
  readonly websiteId: WebsiteId;
  readonly target: Target;
  readonly decision: Decision;
}
