const units = ['day', 'hour', 'minute', 'second'] as const;

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** Durations and lists. */
export const time = {
  span: (unit: (typeof units)[number], count: number) => `${count} ${unit}${count === 1 ? '' : 's'}`,
  now: 'just now',
  list: (items: readonly string[]) => list.format(items),
  seconds: (seconds: string) => `${seconds} s`,
  milliseconds: (ms: number) => `${ms} ms`,
};
