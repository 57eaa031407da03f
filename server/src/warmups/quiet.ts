import { setTimeout as sleep } from 'node:timers/promises';

// Crawlers that share a page come within a fraction of a second.
const quietMs = 200;
// It begins after this long in any case, so that a busy service finishes its warm-ups too.
const longestMs = 2000;
const lookEveryMs = 25;

/**
 * Waits until nobody has waited for a card for a moment. Rejects when the signal aborts.
 * @param isBusy whether a card is being made for somebody who waits for it.
 */
export async function quiet(isBusy: () => boolean, signal: AbortSignal): Promise<void> {
  const start = performance.now();
  let lastBusy = isBusy() ? start : Number.NEGATIVE_INFINITY;
  for (;;) {
    signal.throwIfAborted();
    const now = performance.now();
    if (isBusy()) lastBusy = now;
    if (now - lastBusy >= quietMs || now - start >= longestMs) return;
    await sleep(lookEveryMs, undefined, { signal });
  }
}
