import type { Counts } from '../store/ports/activity.ts';
import { type Figures, figuresOf, sumOf } from './figures.ts';
import { percentile } from './render-times.ts';

type Times = { readonly renderP50: number | null; readonly renderP95: number | null };

/** Counts and what is worked out of them. */
export type Summary = Counts & Figures & Times;

/** What is counted, by days or by hours; `at` is either, since the epoch. */
export interface Counted {
  readonly usage: ReadonlyArray<Counts & { readonly at: number; readonly consumer: string }>;
  readonly renderTimes: ReadonlyArray<{ readonly at: number; readonly bucket: number; readonly count: number }>;
}

/** Usage, summed up for people. */
export interface UsageReport {
  readonly total: Summary;
  /** Most requests first. */
  readonly consumers: ReadonlyArray<{ readonly consumer: string } & Counts & Figures>;
}

/** Pure. */
export function usageReport({ usage, renderTimes }: Counted): UsageReport {
  const names = [...new Set(usage.map(({ consumer }) => consumer))];
  const consumers = names
    .map((consumer) => ({ consumer, ...withFigures(usage.filter((row) => row.consumer === consumer)) }))
    .sort((a, b) => b.requests - a.requests);
  return { total: { ...withFigures(usage), ...timesOf(renderTimes) }, consumers };
}

/** Every day or hour from `first` to `last`, oldest first. Pure. */
export function courseOf(
  { usage, renderTimes }: Counted,
  first: number,
  last: number,
): Array<{ readonly at: number } & Summary> {
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const at = first + index;
    const times = timesOf(renderTimes.filter((row) => row.at === at));
    return { at, ...withFigures(usage.filter((row) => row.at === at)), ...times };
  });
}

/** Two periods of the same length, one after the other. */
export interface ComparedUsage {
  readonly now: Counts & Figures;
  readonly before: Counts & Figures;
}

/** The days or hours before `end`, as many as `length`, and as many before them. Pure. */
export function comparedUsage({ usage }: Counted, length: number, end: number): ComparedUsage {
  const between = (from: number, to: number) => withFigures(usage.filter(({ at }) => at >= from && at < to));
  return { now: between(end - length, end), before: between(end - 2 * length, end - length) };
}

/** What was counted from `first` to `last`. Pure. */
export function countedWithin({ usage, renderTimes }: Counted, first: number, last: number): Counted {
  const isWithin = ({ at }: { readonly at: number }) => at >= first && at <= last;
  return { usage: usage.filter(isWithin), renderTimes: renderTimes.filter(isWithin) };
}

function withFigures(rows: readonly Counts[]): Counts & Figures {
  const counts = sumOf(rows);
  return { ...counts, ...figuresOf(counts) };
}

function timesOf(rows: Counted['renderTimes']): Times {
  const counts = new Map<number, number>();
  for (const { bucket, count } of rows) counts.set(bucket, (counts.get(bucket) ?? 0) + count);
  return { renderP50: percentile(counts, 0.5), renderP95: percentile(counts, 0.95) };
}
