import type { Policy } from '../model/policy.ts';
import { type EpochMs, type Seconds, seconds } from '../model/units.ts';

/** Whether a kept card may be served as it is now. */
export type Verdict =
  | { readonly kind: 'fresh'; readonly secondsLeft: Seconds }
  | {
      readonly kind: 'stale';
      /** Serve it now, renew it in the background (RFC 5861 §3). */
      readonly whileRevalidating: boolean;
      /** Serve it when the renewal takes longer than the website allows (`patience`). */
      readonly whenSlow: boolean;
      /** Serve it when the origin fails (RFC 5861 §4, RFC 9111 §4.2.4). */
      readonly onError: boolean;
    };

/**
 * Judges a kept response at a moment. Pure, and its cost does not depend on the headers.
 * If the clock was set back to before the response arrived, the card counts as stale.
 */
export function judge(policy: Policy, now: EpochMs): Verdict {
  const { freshUntil, stale } = policy;
  if (policy.askAlwaysBy === null && now < freshUntil && now >= policy.receivedAt) {
    return { kind: 'fresh', secondsLeft: seconds(Math.floor((freshUntil - now) / 1000)) };
  }
  const pastSeconds = (now - freshUntil) / 1000;
  const inWindow = (window: Seconds | null) => window === null || pastSeconds < window;
  const allowed = stale.forbiddenBy === null && policy.askAlwaysBy === null;
  return {
    kind: 'stale',
    whileRevalidating: allowed && stale.whileRevalidate !== null && inWindow(stale.whileRevalidate),
    // A window that the page sets for stale responses holds for every reason to send one.
    whenSlow: allowed && inWindow(stale.whileRevalidate ?? stale.ifError),
    onError: allowed && inWindow(stale.ifError),
  };
}
