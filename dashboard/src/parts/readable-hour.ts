const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const dayAndClock = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
});
const msPerHour = 3_600_000;

/** When an hour begins, on the reader's clock: `14:00`. */
export const shortHour = (hour: string): string => clock.format(new Date(hour));
/** `Thu 12 March, 14:00–15:00`, on the reader's clock. */
export const longHour = (hour: string): string =>
  `${dayAndClock.format(new Date(hour))}–${clock.format(new Date(Date.parse(hour) + msPerHour))}`;
