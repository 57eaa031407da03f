import type { Actor } from './audit.ts';
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
    | 'purged'
    /** A changed setting purged the kept cards. */
    | 'settings-changed';
  /** A name of `consumers.json`, or `generic`; null where it was for none. */
  readonly consumer: string | null;
  /** The origin's status code; null where it was not asked or did not answer. */
  readonly status: number | null;
  /** How the response was judged; null where there was none. */
  readonly explanation: Explanation | null;
  /** The error message; for `stale`, why an old card was sent. */
  readonly failure: string | null;
  /** What the render did not wait for, or why it gives no card, one sentence each; usually none. */
  readonly remarks?: readonly string[];
  /** Who purged it or changed the setting, where that is known. */
  readonly by?: Actor;
}

/** A page that worked, of which nothing may be stored but that. */
export interface WorkedPage {
  readonly websiteId: WebsiteId;
  readonly target: Target;
  readonly at: EpochMs;
}

export interface PageDecision {
  readonly websiteId: WebsiteId;
  readonly target: Target;
  readonly decision: Decision;
}

/** Why an attempt gave no card; undefined for a decision that is no failure. */
export function asFailure({ kind, at, status, consumer, failure, remarks = [] }: Decision) {
  if (kind !== 'failed' && kind !== 'unfinished' && kind !== 'gone') return undefined;
  return { kind, at, status, consumer, failure: failure ?? remarks[0] ?? '' };
}
