import type { Usage, UsageDay } from '../../api/types.ts';

export type Counts = Pick<UsageDay, 'requests' | 'hits' | 'renders' | 'revalidations' | 'fetches' | 'failures'>;

/** Of requests, the share that was answered from what is kept; null where there were none. */
export function hitRatio({ requests, hits }: Counts): number | null {
  return requests === 0 ? null : hits / requests;
}

/** What the origin would have heard without the cards, and did not: fetches behind fresh answers can outnumber requests. */
export function saved({ requests, fetches }: Counts): number {
  return Math.max(0, requests - fetches);
}

export interface Periods {
  readonly now: Counts;
  readonly before: Counts;
}

/**
 * The last whole days and as many before them; today is not over, so it is compared with nothing. Null where the website
 * is younger than that: a day on which it was not there is no quiet day.
 * @param usage of at least `2 * days + 1` days, the last one today.
 */
export function compared(usage: Usage, days: number, createdAt: string): Periods | null {
  const whole = usage.days.slice(-2 * days - 1, -1);
  const [first] = whole;
  if (whole.length < 2 * days || first === undefined || first.day <= createdAt.slice(0, 10)) return null;
  return { before: sum(whole.slice(0, days)), now: sum(whole.slice(days)) };
}

function sum(days: readonly Counts[]): Counts {
  const total = { requests: 0, hits: 0, renders: 0, revalidations: 0, fetches: 0, failures: 0 };
  for (const day of days) for (const name of Object.keys(total) as Array<keyof Counts>) total[name] += day[name];
  return total;
}
