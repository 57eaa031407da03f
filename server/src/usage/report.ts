import type { Counts, RenderTimesRow, UsageRow } from '../store/ports/activity.ts';
import { percentile } from './render-times.ts';

type Times = { readonly renderP50: number | null; readonly renderP95: number | null };

/** Usage, summed up for people. */
export interface UsageReport {
  readonly total: Counts & Times;
  /** Every day of the requested period, oldest first. */
  readonly days: ReadonlyArray<{ readonly day: string } & Counts & Times>;
  /** Most requests first. */
  readonly consumers: ReadonlyArray<{ readonly consumer: string } & Counts>;
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
    const ofDay = sum(usage.filter((row) => row.day === day));
    const times = timesOf(renderTimes.filter((row) => row.day === day));
    return { day: new Date(day * 86_400_000).toISOString().slice(0, 10), ...ofDay, ...times };
  });
  const names = [...new Set(usage.map(({ consumer }) => consumer))];
  const consumers = names
    .map((consumer) => ({ consumer, ...sum(usage.filter((row) => row.consumer === consumer)) }))
    .sort((a, b) => b.requests - a.requests);
  return { total: { ...sum(usage), ...timesOf(renderTimes) }, days, consumers };
}

function sum(rows: readonly Counts[]): Counts {
  const total = { requests: 0, hits: 0, renders: 0, revalidations: 0, fetches: 0, failures: 0 };
  for (const row of rows) for (const name of Object.keys(total) as Array<keyof Counts>) total[name] += row[name];
  return total;
}

function timesOf(rows: readonly RenderTimesRow[]): Times {
  const counts = new Map<number, number>();
  for (const { bucket, count } of rows) counts.set(bucket, (counts.get(bucket) ?? 0) + count);
  return { renderP50: percentile(counts, 0.5), renderP95: percentile(counts, 0.95) };
}
