import type { Excuses } from './excuses.ts';

/** A fetch that nothing asked for: the card that the one before it made should have been kept. */
export interface Repeated {
  readonly page: number;
  readonly before: number;
  readonly at: number;
  /** Undefined if nothing excuses it. */
  readonly why: string | undefined;
}

// A fetch that began before a purge may reach the origin after it.
const longestWayMs = 6000;

/**
 * The fetches of a page beyond one for its start and one for each purge.
 * @param purges when each purge of it began.
 */
export function repeatedFetches(
  page: number,
  fetches: readonly number[],
  purges: readonly number[],
  excuses: Excuses,
): Repeated[] {
  const due = purges.toSorted((a, b) => a - b);
  let open: number[] = [Number.NEGATIVE_INFINITY]; // for the start
  let before = 0;
  const repeated: Repeated[] = [];
  for (const at of fetches) {
    while (due[0] !== undefined && due[0] <= at) open.push(due.shift() ?? 0);
    open = open.filter((began, index) => index === open.length - 1 || at - began < longestWayMs);
    if (open.shift() === undefined) repeated.push({ page, before, at, why: excuses.of(before, at) });
    before = at;
  }
  return repeated;
}
