import type { Usage } from '../../api/types.ts';
import { clockTime } from '../../parts/clock-time.ts';
import { text } from '../../text/text.ts';

const words = text.overview.clock;

/** On which clock the days and hours of the figures are. */
export function clockNote({ days, hours }: Usage): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const isUtc = new Date(hours[0]?.hour ?? 0).getTimezoneOffset() === 0;
  if (hours.length === 0) return words.days;
  if (isUtc) return days.length === 0 ? words.hoursUtc : words.dayUtc;
  if (days.length === 0) return words.hours(zone);
  return words.day(clockTime(hours[0]?.hour ?? ''), zone);
}
