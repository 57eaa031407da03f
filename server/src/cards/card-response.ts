import type { Verdict } from '../freshness/judge.ts';
import type { CacheStatus, CardResponse, Timings } from '../model/card-response.ts';
import type { CachedCard } from './state/cached-card.ts';

/** What a requester may do with an cached that is judged so: the seconds left, ask each time, or keep nothing. */
export function cardResponseOf(
  cached: CachedCard,
  verdict: Verdict,
  served: CacheStatus,
  timings: Timings = {},
): CardResponse {
  const { card, bytes } = cached;
  return { card, bytes, reuse: reuseOf(cached, verdict), served, timings };
}

function reuseOf(cached: CachedCard, verdict: Verdict): CardResponse['reuse'] {
  if (cached.card.policy.storeForbiddenBy !== null) return 'no-store';
  return verdict.kind === 'fresh' && verdict.secondsLeft > 0 ? verdict.secondsLeft : 'no-cache';
}
