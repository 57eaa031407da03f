import { setTimeout as sleep } from 'node:timers/promises';

export interface QuietOptions {
  /** Whether a card is being made for somebody who waits for it. */
  readonly isBusy: () => boolean;
  /** Nobody may have waited for this long. */
  readonly quietMs?: number;
  /** It begins after this long in any case, so that a busy service finishes its warm-ups too. */
  readonly longestMs?: number;
}

// Crawlers that share a page come within a fraction of a second.
const usualQuietMs = 200;
// One page of a warm-up every two seconds beside constant traffic.
const usualLongestMs = 2000;
const lookEveryMs = 25;

/** Waits until nobody has waited for a card for a moment. Rejects when the signal aborts. */
export async function quiet(
  { isBusy, quietMs = usualQuietMs, longestMs = usualLongestMs }: QuietOptions,
  signal: AbortSignal,
): Promise<void> {
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
