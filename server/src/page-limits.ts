import type { Config } from './config.ts';
import { openGate } from './origin/gate.ts';
import type { Guard } from './origin/guard.ts';
import type { PageLimits } from './render/workers/page-limits.ts';

/** A gate per website, with counters of its own. */
export function pageLimits(guard: Guard, { maxPageBytes, maxPageRequests }: Config): PageLimits {
  const limits = { bytes: maxPageBytes, requests: maxPageRequests };
  // Twice as many: a page slightly over the limit keeps its first requests.
  return { openGate: () => openGate(guard, limits), requests: 2 * maxPageRequests };
}
