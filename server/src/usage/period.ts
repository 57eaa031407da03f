import { Problem } from '../model/problem.ts';
import { dayOf, hourOf, msPerDay } from '../model/utc.ts';

/** Which days or hours are asked for. */
export interface AskedPeriod {
  readonly days?: number | undefined;
  readonly hours?: number | undefined;
  /** YYYY-MM-DD, UTC. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Days or hours since the epoch, UTC; both ends are in it. */
export interface Period {
  readonly unit: 'day' | 'hour';
  readonly first: number;
  readonly last: number;
}

const mostDays = 366;

/**
 * The last `days` (30 by default), or those from `from` to `to` (today by default), or the last `hours`, including the
 * current one. Pure.
 * @param now milliseconds since the epoch.
 * @throws {Problem} `malformed-address`
 */
export function askedPeriod({ days, hours, from, to }: AskedPeriod, now: number): Period {
  if ([days, hours, from].filter((one) => one !== undefined).length > 1)
    throw wrong('Send either `days`, `hours`, or `from` and `to`.');
  if (from === undefined && to !== undefined) throw wrong('`to` needs `from`, the first day.');
  if (hours !== undefined) return { unit: 'hour', first: hourOf(now) - hours + 1, last: hourOf(now) };
  const today = dayOf(now);
  if (from === undefined) return { unit: 'day', first: today - (days ?? 30) + 1, last: today };
  const first = dayIn('from', from);
  const last = to === undefined ? today : dayIn('to', to);
  if (first > last) throw wrong('`from` is later than `to`.');
  if (last > today) throw wrong('`to` is in the future. Days are in UTC.');
  if (last - first >= mostDays) throw wrong(`Ask for at most ${mostDays} days.`);
  return { unit: 'day', first, last };
}

function dayIn(name: string, text: string): number {
  const at = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(text))
    throw wrong(`\`${name}\` must be a day such as 2026-03-12.`);
  return at / msPerDay;
}

const wrong = (detail: string) => new Problem('malformed-address', detail);
