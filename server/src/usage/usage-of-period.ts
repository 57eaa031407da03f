import { dayOf, hourOf } from '../model/utc.ts';
import type { Website, WebsiteId } from '../model/website.ts';
import type { Activity } from '../store/ports/activity.ts';
import { sumOf } from './figures.ts';
import type { Period } from './period.ts';
import {
  type ComparedUsage,
  type Counted,
  comparedUsage,
  countedWithin,
  courseOf,
  type Summary,
  type UsageReport,
  usageReport,
} from './report.ts';

export interface UsageOfPeriod extends UsageReport {
  /** Oldest first; none for a period of hours. */
  readonly days: ReadonlyArray<{ readonly at: number } & Summary>;
  /** Those of a period of hours, or of a single day that was counted by hours; otherwise none. */
  readonly hours: ReadonlyArray<{ readonly at: number } & Summary>;
  /** Null where a website is younger. */
  readonly compared: ComparedUsage | null;
}

/** What the cards of some websites cost and gave within a period. @param now milliseconds since the epoch. */
export async function usageOfPeriod(
  activity: Activity,
  websites: readonly Website[],
  { unit, first, last }: Period,
  now: number,
): Promise<UsageOfPeriod> {
  const unitOf = unit === 'day' ? dayOf : hourOf;
  const length = last - first + 1;
  // Only whole days and hours are compared: the one under way is not over.
  const end = Math.min(last + 1, unitOf(now));
  const earliest = end - 2 * length;
  const ids = websites.map(({ id }) => id);
  const counted = unit === 'day' ? await byDay(activity, ids, earliest) : await byHour(activity, ids, earliest);
  const shown = countedWithin(counted, first, last);
  const course = courseOf(shown, first, last);
  // Before a website was there, nothing was counted; that is no quiet time.
  const isOld = websites.every(({ createdAt }) => unitOf(createdAt) < earliest);
  return {
    ...usageReport(shown),
    days: unit === 'day' ? course : [],
    hours: unit === 'hour' ? course : length === 1 ? await hoursOf(activity, ids, first, shown, now) : [],
    compared: isOld ? comparedUsage(counted, length, end) : null,
  };
}

/** The hours of one day until now; none where they are not kept any more, or were not counted from its first one on. */
async function hoursOf(activity: Activity, ids: readonly WebsiteId[], day: number, ofDay: Counted, now: number) {
  const [first, last] = [day * 24, Math.min(day * 24 + 23, hourOf(now))];
  const counted = countedWithin(await byHour(activity, ids, first), first, last);
  return sumOf(counted.usage).requests < sumOf(ofDay.usage).requests ? [] : courseOf(counted, first, last);
}

async function byDay(activity: Activity, ids: readonly WebsiteId[], from: number): Promise<Counted> {
  const { usage, renderTimes } = await activity.usageOf(ids, from);
  return { usage: usage.map(atDay), renderTimes: renderTimes.map(atDay) };
}

async function byHour(activity: Activity, ids: readonly WebsiteId[], from: number): Promise<Counted> {
  const { usage, renderTimes } = await activity.hourlyUsageOf(ids, from);
  return { usage: usage.map(atHour), renderTimes: renderTimes.map(atHour) };
}

const atDay = <T extends { readonly day: number }>({ day, ...row }: T) => ({ ...row, at: day });
const atHour = <T extends { readonly hour: number }>({ hour, ...row }: T) => ({ ...row, at: hour });
