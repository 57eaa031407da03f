import { type EpochMs, epochMs } from '../model/units.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month = `(${months.join('|')})`;
const shortDay = '(?:mon|tue|wed|thu|fri|sat|sun)';
const longDay = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const time = '(\\d\\d):(\\d\\d):(\\d\\d)';

// RFC 9110 §5.6.7. Case is ignored: senders get it wrong, and no two dates differ by it. Anything else must match:
// a response with an invalid Expires is stale (RFC 9111 §5.3).
const imfFixdate = new RegExp(`^${shortDay}, (\\d\\d) ${month} (\\d{4}) ${time} gmt$`, 'i');
const rfc850 = new RegExp(`^${longDay}, (\\d\\d)-${month}-(\\d\\d) ${time} gmt$`, 'i');
const asctime = new RegExp(`^${shortDay} ${month} ([ \\d]\\d) ${time} (\\d{4})$`, 'i');

/**
 * The time of an HTTP-date, undefined for anything else.
 * @param now decides the century of the two-digit year in the RFC 850 form.
 */
export function parseHttpDate(text: string, now: EpochMs): EpochMs | undefined {
  if (text === last.text) return last.time;
  let match = imfFixdate.exec(text);
  if (match) {
    const [, day, name, year, h, m, s] = match;
    last = { text, time: utc(Number(year), name, day, h, m, s) };
    return last.time;
  }
  match = asctime.exec(text);
  if (match) {
    const [, name, day, h, m, s, year] = match;
    return utc(Number(year), name, day, h, m, s);
  }
  match = rfc850.exec(text);
  if (match) {
    const [, day, name, year, h, m, s] = match;
    return utc(fullYear(Number(year), now), name, day, h, m, s);
  }
  return undefined;
}

/** The last IMF-fixdate: all responses of a second have the same `Date`. */
let last: { readonly text: string; readonly time: EpochMs | undefined } = { text: '', time: undefined };

/** RFC 9110 §5.6.7: a year that appears to be more than 50 years ahead is the last one with those digits. */
function fullYear(twoDigits: number, now: EpochMs): number {
  const thisYear = new Date(now).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + twoDigits;
  return year > thisYear + 50 ? year - 100 : year;
}

function utc(year: number, name = '', ...rest: ReadonlyArray<string | undefined>): EpochMs | undefined {
  const [day = Number.NaN, h = Number.NaN, m = Number.NaN, s = Number.NaN] = rest.map(Number);
  if (day < 1 || h > 23 || m > 59 || s > 60) return undefined; // 60: a leap second
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, months.indexOf(name.toLowerCase()), day); // not Date.UTC: it reads 0050 as 1950
  if (midnight.getUTCDate() !== day) return undefined; // 31 Feb
  return epochMs(midnight.getTime() + ((h * 60 + m) * 60 + s) * 1000);
}

/** An `EpochMs` as IMF-fixdate, the only form that is sent. */
export function formatHttpDate(at: EpochMs): string {
  return new Date(at).toUTCString();
}
