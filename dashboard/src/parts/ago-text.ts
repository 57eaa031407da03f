import { text } from '../text/text.ts';

/** The largest unit that fits, and how many seconds each has; a month and a year of the mean length. */
const units: ReadonlyArray<readonly [Intl.RelativeTimeFormatUnit, number]> = [
  ['year', 31_556_952],
  ['month', 2_629_746],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** A moment as seen from another: "3 minutes ago", "in 2 hours". Both in milliseconds. */
export function agoText(at: number, now: number): string {
  const seconds = Math.round((at - now) / 1000);
  for (const [unit, length] of units) {
    const count = Math.trunc(seconds / length);
    if (count !== 0) return text.parts.relative(count, unit);
  }
  return seconds > 0 ? text.parts.soon : text.parts.justNow;
}
