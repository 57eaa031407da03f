import type { Warmup, Warmups } from '../store/ports/warmups.ts';
import { secondsLeft } from './seconds-left.ts';

/** A warm-up as the API and the command line show it. */
export function shownWarmup({ websiteId, targets, createdAt, endedAt, spent, ...warmup }: Warmup) {
  const time = (at: number) => new Date(at).toISOString();
  return {
    ...warmup,
    namedPages: targets?.length ?? null,
    consumers: [...warmup.consumers],
    createdAt: time(createdAt),
    endedAt: endedAt === null ? null : time(endedAt),
    secondsLeft: endedAt === null ? secondsLeft({ ...warmup, spent }) : null,
  };
}

const mostRemarks = 100;

/** Why pages were skipped or failed. */
export async function shownRemarks(warmups: Warmups, id: number) {
  const remarks = await warmups.remarks(id, mostRemarks);
  return remarks.map(({ why, ...page }) => ({ ...page, why: why ?? '' }));
}

export type ShownWarmup = ReturnType<typeof shownWarmup>;
