import { Problem } from '../model/problem.ts';

/** Which days are asked for. */
export interface AskedDays {
  readonly days?: number | undefined;
  /** YYYY-MM-DD, UTC. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Days since the epoch, UTC; both are in it. */
export interface Days {
  readonly first: number;
  readonly last: number;
}

const msPerDay = 86_400_000;
const most = 366;

/**
 * The last `days`, 30 where nothing is said, or those from `from` to `to`; without `to`, until today. Pure.
 * @param today days since the epoch.
 * @throws {Problem} `malformed-address`
 */
export function askedDays({ days, from, to }: AskedDays, today: number): Days {
  if (from === undefined) {
    if (to !== undefined) throw wrong('`to` needs `from`, the first day.');
    return { first: today - (days ?? 30) + 1, last: today };
  }
  if (days !== undefined) throw wrong('Send `days`, or `from` and `to`, not both.');
  const first = dayIn('from', from);
  const last = to === undefined ? today : dayIn('to', to);
  if (first > last) throw wrong('`from` is later than `to`.');
  if (last > today) throw wrong('`to` is in the future. Days are in UTC.');
  if (last - first >= most) throw wrong(`Ask for at most ${most} days.`);
  return { first, last };
}

function dayIn(name: string, text: string): number {
  const at = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(text))
    throw wrong(`\`${name}\` must be a day such as 2026-03-12.`);
  return at / msPerDay;
}

const wrong = (detail: string) => new Problem('malformed-address', detail);
