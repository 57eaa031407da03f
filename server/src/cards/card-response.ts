import type { Verdict } from '../freshness/judge.ts';
import type { CacheStatus, CardResponse, Timings } from '../model/card-response.ts';
import type { CachedCard } from './kept-memory.ts';

/** What a requester may do with an entry that is judged so: the seconds left, ask each time, or keep nothing. */
export function cardResponseOf(
  entry: CachedCard,
  verdict: Verdict,
  served: CacheStatus,
  timings: Timings = {},
): CardResponse {
  const { card, bytes } = entry;
  return { card, bytes, reuse: reuseOf(entry, verdict), served, timings };
}

function reuseOf(entry: CachedCard, verdict: Verdict): CardResponse['reuse'] {
  if (entry.transient || entry.card.policy.storeForbiddenBy !== null) return 'no-store';
  return verdict.kind === 'fresh' && verdict.secondsLeft > 0 ? verdict.secondsLeft : 'no-cache';
}
