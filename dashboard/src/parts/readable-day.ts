const short = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const long = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'long', timeZone: 'UTC' });

/** `2026-03-12` as `12 Mar`. */
export const shortDay = (day: string): string => short.format(new Date(day));
/** `2026-03-12` as `Thu 12 March`. */
export const longDay = (day: string): string => long.format(new Date(day));
