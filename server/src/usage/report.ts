import type { Counts, RenderTimesRow, UsageRow } from '../store/ports/activity.ts';
import { type Figures, figuresOf, sumOf } from './figures.ts';
import { percentile } from './render-times.ts';

type Times = { readonly renderP50: number | null; readonly renderP95: number | null };

/** Usage, summed up for people. */
export interface UsageReport {
  readonly total: Counts & Figures & Times;
  /** Every day of the requested period, oldest first. */
  readonly days: ReadonlyArray<{ readonly day: string } & Counts & Figures & Times>;
  /** Most requests first. */
  readonly consumers: ReadonlyArray<{ readonly consumer: string } & Counts & Figures>;
}

/** @param first @param last days since the epoch. Pure. */
export function usageReport(
  usage: readonly UsageRow[],
  renderTimes: readonly RenderTimesRow[],
  first: number,
  last: number,
): UsageReport {
  const days = Array.from({ length: last - first + 1 }, (_, index) => {
    const day = first + index;
    const ofDay = withFigures(usage.filter((row) => row.day === day));
    const times = timesOf(renderTimes.filter((row) => row.day === day));
    return { day: new Date(day * 86_400_000).toISOString().slice(0, 10), ...ofDay, ...times };
  });
  const names = [...new Set(usage.map(({ consumer }) => consumer))];
  const consumers = names
    .map((consumer) => ({ consumer, ...withFigures(usage.filter((row) => row.consumer === consumer)) }))
    .sort((a, b) => b.requests - a.requests);
  return { total: { ...withFigures(usage), ...timesOf(renderTimes) }, days, consumers };
}

/** Two periods of as many whole days, one after the other. */
export interface ComparedUsage {
  readonly now: Counts & Figures;
  readonly before: Counts & Figures;
}

/** The `days` days before `end`, and as many before them. @param end days since the epoch. Pure. */
export function comparedUsage(usage: readonly UsageRow[], days: number, end: number): ComparedUsage {
  const between = (from: number, to: number) => withFigures(usage.filter(({ day }) => day >= from && day < to));
  return { now: between(end - days, end), before: between(end - 2 * days, end - days) };
}

function withFigures(rows: readonly Counts[]): Counts & Figures {
  const counts = sumOf(rows);
  return { ...counts, ...figuresOf(counts) };
}

function timesOf(rows: readonly RenderTimesRow[]): Times {
  const counts = new Map<number, number>();
  for (const { bucket, count } of rows) counts.set(bucket, (counts.get(bucket) ?? 0) + count);
  return { renderP50: percentile(counts, 0.5), renderP95: percentile(counts, 0.95) };
}
