/**
 * A time for an INTEGER column: whole milliseconds, rounded down, so that no card is fresh for longer than its page
 * declared, and limited to safe integers.
 * @throws {TypeError} for NaN.
 */
export function wholeMs(time: number): number {
  if (Number.isNaN(time)) throw new TypeError('A time must be a number.');
  return Math.max(0, Math.min(Number.MAX_SAFE_INTEGER, Math.floor(time)));
}
