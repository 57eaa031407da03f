import type { Config } from './config.ts';
import { openGate } from './origin/gate.ts';
import type { Guard } from './origin/guard.ts';
import type { PageLimits } from './render/workers/page-limits.ts';

/** Each website's pages have a gate of their own, which counts them apart from the others'. */
export function pageLimits(guard: Guard, { maxPageBytes, maxPageRequests }: Config): PageLimits {
  const limits = { bytes: maxPageBytes, requests: maxPageRequests };
  // Twice as many: a page that is a little over keeps what it asked for first.
  return { openGate: () => openGate(guard, limits), requests: 2 * maxPageRequests };
}
