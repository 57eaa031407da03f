import type { Counts } from '../store/ports/activity.ts';

/** What is worked out of the counts. The only place that does: the API, the dashboard and the guide take it from here. */
export interface Figures {
  /** Requests that got a newly drawn card. Every request is one of `hits`, `checked`, `drawn` and `failures`. */
  readonly drawn: number;
  /** Requests that got a card without a request to the site: `requests - failures - fetches`, not below 0. */
  readonly saved: number;
  /** `hits / requests`; null without requests. */
  readonly hitRatio: number | null;
}

/** Pure. */
export function figuresOf({ requests, hits, checked, failures, fetches }: Counts): Figures {
  return {
    drawn: Math.max(0, requests - hits - checked - failures),
    // Fetches ahead of requests, and behind stale answers, can outnumber them.
    saved: Math.max(0, requests - failures - fetches),
    hitRatio: requests === 0 ? null : hits / requests,
  };
}

export function sumOf(rows: readonly Counts[]): Counts {
  const total = { requests: 0, hits: 0, slow: 0, checked: 0, renders: 0, revalidations: 0, fetches: 0, failures: 0 };
  for (const row of rows) for (const name of Object.keys(total) as Array<keyof Counts>) total[name] += row[name];
  return total;
}
