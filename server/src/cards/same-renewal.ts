import { assessAgain } from '../freshness/assess.ts';
import type { StoredResponse } from '../model/card.ts';
import type { HeaderLines, ResponseHead } from '../model/policy.ts';
import type { Website } from '../model/website.ts';

/** A `304` without redirects before it, and what it made of the stored response. */
export interface LastRenewal {
  readonly response: StoredResponse;
  readonly notModified: HeaderLines;
  /** Judged by these settings. */
  readonly settings: Website['settings'];
}

/**
 * The stored response after a `304` that says the same as the last one, but for its `Date`: a page that is revalidated several
 * times a second says the same each time. Undefined where it has to be judged anew.
 */
export function renewedAgain(last: LastRenewal, notModified: ResponseHead): StoredResponse | undefined {
  const { head, policy, versionTag } = last.response;
  if (policy.vary.length > 0 || !sayTheSame(last.notModified, notModified.headers)) return undefined;
  const { requestTime, responseTime } = notModified;
  const renewed = { ...head, headers: withDateOf(head.headers, notModified.headers), requestTime, responseTime };
  const again = assessAgain(policy, renewed);
  return again && { head: renewed, policy: again, versionTag };
}

function sayTheSame(before: HeaderLines, now: HeaderLines): boolean {
  if (before.length !== now.length) return false;
  for (let at = 0; at < now.length; at++) {
    const [one, other] = [before[at], now[at]];
    if (one === undefined || other === undefined || one[0] !== other[0]) return false;
    if (one[1] !== other[1] && one[0] !== 'date') return false;
  }
  return true;
}

/** The same lines where the `Date` is the same. */
function withDateOf(stored: HeaderLines, notModified: HeaderLines): HeaderLines {
  const date = notModified.find(([name]) => name === 'date');
  const known = stored.find(([name]) => name === 'date');
  if (date === undefined || known === undefined || date[1] === known[1]) return stored;
  return stored.map((line) => (line === known ? date : line));
}
