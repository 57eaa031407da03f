import { text } from '../text/text.ts';

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** `10800` as `3 hours`, `5400` as `1 hour 30 minutes`: the two largest units. @param seconds not below 0. */
export function spanOf(seconds: number): string {
  let rest = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(text.time.span(unit, count));
  }
  return parts.slice(0, 2).join(' ') || text.time.span('second', 0);
}

/** `412` as `0.4 s`, `23` as `23 ms`. */
export function millisecondsOf(ms: number): string {
  return ms < 400 ? text.time.milliseconds(Math.round(ms)) : text.time.seconds((ms / 1000).toFixed(1));
}
