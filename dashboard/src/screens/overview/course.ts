import type { Usage, UsageDay } from '../../api/types.ts';
import { longDay, shortDay } from '../../parts/readable-day.ts';
import { longHour, shortHour } from '../../parts/readable-hour.ts';

/** The counts of one day or hour. */
export type Step = Omit<UsageDay, 'day'> & { readonly at: string };

/** A period step by step, oldest first. */
export interface Course {
  readonly unit: 'day' | 'hour';
  readonly steps: readonly Step[];
  /** A step's time in a few letters, and in full. */
  readonly short: (at: string) => string;
  readonly long: (at: string) => string;
}

/** By hours where the API tells them; otherwise by days. */
export function courseOf({ days, hours }: Usage): Course {
  if (hours.length === 0)
    return {
      unit: 'day',
      steps: days.map(({ day, ...counts }) => ({ ...counts, at: day })),
      short: shortDay,
      long: longDay,
    };
  return {
    unit: 'hour',
    steps: hours.map(({ hour, ...counts }) => ({ ...counts, at: hour })),
    short: shortHour,
    long: longHour,
  };
}

/** How long the period is, in the unit that was asked for: a day told by its hours is one day. */
export function spanOfUsage({ days, hours }: Usage): { readonly count: number; readonly unit: 'day' | 'hour' } {
  return days.length > 0 ? { count: days.length, unit: 'day' } : { count: hours.length, unit: 'hour' };
}
