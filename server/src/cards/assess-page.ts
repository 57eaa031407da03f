import { type AssessContext, assess } from '../freshness/assess.ts';
import { shortest } from '../freshness/shortest.ts';
import type { Policy, ResponseHead } from '../model/policy.ts';

/** The policy of a page, including the redirects that led to it. */
export function assessPage(head: ResponseHead, redirects: readonly ResponseHead[], context: AssessContext): Policy {
  const hops = redirects.map((hop) => ({
    status: hop.status,
    policy: assess(hop, { ...context, maxAgeTag: undefined, defaultMaxAge: null }),
  }));
  return shortest(hops, assess(head, context));
}
