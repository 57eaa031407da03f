import type { Verdict } from '../freshness/judge.ts';
import type { CacheStatus, CardResponse, Timings } from '../model/card-response.ts';
import type { CachedCard } from './state/cached-card.ts';

/** The response for a cached card; the verdict decides how long the requester may keep it. */
export function cardResponseOf(
  cached: CachedCard,
  verdict: Verdict,
  cacheStatus: CacheStatus,
  timings: Timings = {},
): CardResponse {
  const { card, bytes } = cached;
  return { card, bytes, reuse: reuseOf(cached, verdict), cacheStatus, timings };
}

function reuseOf(cached: CachedCard, verdict: Verdict): CardResponse['reuse'] {
  if (cached.card.policy.storeForbiddenBy !== null) return 'no-store';
  return verdict.kind === 'fresh' && verdict.secondsLeft > 0 ? verdict.secondsLeft : 'no-cache';
}

/** The response where it is unknown whether the page was purged: good for this request, and to be asked for again. */
export function untrusted(response: CardResponse): CardResponse {
  const { reuse, cacheStatus } = response;
  return {
    ...response,
    reuse: reuse === 'no-store' ? reuse : 'no-cache',
    cacheStatus: { ...cacheStatus, detail: 'store-unreachable' },
  };
}
