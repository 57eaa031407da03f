/** Classes of times, each a fifth longer than the one before: enough to tell percentiles by, and few to keep. */
const perDoubling = 4;

/** The class of a time. @param milliseconds more than 0. */
export function bucketOf(milliseconds: number): number {
  return Math.max(0, Math.floor(perDoubling * Math.log2(Math.max(1, milliseconds))));
}

/**
 * The time below which `share` of all lie, milliseconds, to within a tenth; null where there are none.
 * @param counts how many lie in each class.
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
