import type { Warmup } from '../store/ports/warmups.ts';

// Fewer pages say little about the others.
const fewPages = 3;

/** How long the rest of a warm-up will take at its speed so far; null while that is unknown. */
export function secondsLeft({ state, pages, spent }: Pick<Warmup, 'state' | 'pages' | 'spent'>): number | null {
  const through = pages.done + pages.skipped + pages.failed;
  if (state !== 'drawing' || through < fewPages) return null;
  return Math.ceil(((pages.total - through) * spent) / through / 1000);
}
