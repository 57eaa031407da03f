import type { Policy } from '../model/policy.ts';
import { type Seconds, seconds } from '../model/units.ts';

/** A redirect on the way to a page, judged like any response. */
export interface Hop {
  readonly status: number;
  readonly policy: Policy;
}

/**
 * The policy of a page reached over redirects: the last response's, tightened by the stricter rule of each redirect
 * (docs/guides/http-caching.md). A `max_age` tag of the page overrides the redirects' headers too.
 */
export function shortest(hops: readonly Hop[], page: Policy): Policy {
  let policy = page;
  for (const hop of hops) if (constrains(hop)) policy = stricter(policy, hop.policy);
  return policy;
}

function stricter(policy: Policy, hop: Policy): Policy {
  const stale = {
    forbiddenBy: policy.stale.forbiddenBy ?? onRedirect(hop.stale.forbiddenBy),
    whileRevalidate: smaller(policy.stale.whileRevalidate, hop.stale.whileRevalidate),
    ifError: smaller(policy.stale.ifError, hop.stale.ifError),
  };
  if (policy.lifetimeFrom === 'og:plus:cache:max_age') return { ...policy, stale };
  const { lifetime, lifetimeFrom, freshUntil } = hop.freshUntil < policy.freshUntil ? hop : policy;
  return {
    ...policy,
    stale,
    lifetime,
    lifetimeFrom,
    freshUntil,
    storeForbiddenBy: policy.storeForbiddenBy ?? forbiddenByHop(hop),
    askAlwaysBy: policy.askAlwaysBy ?? onRedirect(hop.askAlwaysBy),
    remarks: [...policy.remarks, ...hop.remarks],
  };
}

/** A permanent redirect that declares no freshness may be kept for as long as its target. */
function constrains({ status, policy }: Hop): boolean {
  const silent = policy.lifetimeFrom === 'none' && policy.askAlwaysBy === null && policy.storeForbiddenBy === null;
  return !(silent && (status === 301 || status === 308));
}

/** A temporary redirect without explicit freshness has no lifetime, but may still be stored. */
function forbiddenByHop(hop: Policy): string | null {
  return hop.storeForbiddenBy?.startsWith('status') === true ? null : onRedirect(hop.storeForbiddenBy);
}

function onRedirect(directive: string | null): string | null {
  return directive === null ? null : `${directive} (of a redirect)`;
}

function smaller(a: Seconds | null, b: Seconds | null): Seconds | null {
  return a === null ? b : b === null ? a : seconds(Math.min(a, b));
}
