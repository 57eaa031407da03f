const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** What several screens say. */
export const parts = {
  /** "3 minutes ago", "in 2 hours" */
  relative: (count: number, unit: Intl.RelativeTimeFormatUnit) => relative.format(count, unit),
  justNow: 'just now',
  soon: 'in less than a minute',
  inFull: (date: Date) => date.toLocaleString('en', { dateStyle: 'full', timeStyle: 'medium' }),
};
