import type { Timers } from '../model/timers.ts';
import { type Milliseconds, milliseconds } from '../model/units.ts';
import type { Leases } from './ports/leases.ts';

/**
 * A job that one of all processes does, at most once in a period, however many of them try. The lease is not given back: it
 * runs out shortly before the next period.
 * @returns what to call once in each period, in every process.
 */
export function onceForAll(
  leases: Leases,
  timers: Timers,
  name: string,
  period: Milliseconds,
  job: () => Promise<void>,
): () => Promise<void> {
  const ttl = milliseconds(period * 0.9);
  return async () => {
    const lease = await leases.acquire(name, ttl);
    if (lease === undefined) return;
    // It may take longer than its period.
    using _renewing = timers.every(milliseconds(ttl / 3), () => void leases.renew(lease, ttl).catch(() => {}));
    await job();
  };
}
