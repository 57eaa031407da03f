/** Buckets, each about a fifth wider than the one before: precise enough for percentiles, and few to store. */
const perDoubling = 4;

/** The bucket of a time. @param milliseconds greater than 0. */
export function bucketOf(milliseconds: number): number {
  return Math.max(0, Math.floor(perDoubling * Math.log2(Math.max(1, milliseconds))));
}

/**
 * The `share` percentile in milliseconds, to within a tenth; null without any times.
 * @param counts per bucket.
 */
export function percentile(counts: ReadonlyMap<number, number>, share: number): number | null {
  const buckets = [...counts].sort(([a], [b]) => a - b);
  const all = buckets.reduce((sum, [, count]) => sum + count, 0);
  let below = 0;
  for (const [bucket, count] of buckets) {
    below += count;
    if (below >= share * all) return Math.round(2 ** ((bucket + 0.5) / perDoubling));
  }
  return null;
}
