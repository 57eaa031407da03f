/**
 * A time for an INTEGER column: whole milliseconds, rounded down, so that no card is fresh for longer than its page said;
 * bounded by what a number says exactly.
 * @throws {TypeError} for what is no time.
 */
export function wholeMs(time: number): number {
  if (Number.isNaN(time)) throw new TypeError('A time must be a number.');
  return Math.max(0, Math.min(Number.MAX_SAFE_INTEGER, Math.floor(time)));
}
