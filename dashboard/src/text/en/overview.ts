/** How long a period is. */
interface Span {
  readonly count: number;
  readonly unit: 'day' | 'hour';
}

const counted = ({ count, unit }: Span) => (count === 1 ? `1 ${unit}` : `${count} ${unit}s`);

/** A website's figures, and what needs attention. */
export const overview = {
  title: 'Overview',
  visit: 'Visit the website',
  period: 'Period',
  days: (days: number) => (days === 1 ? 'Today' : `${days} days`),
  hours: (hours: number) => `${hours} hours`,
  ownPeriod: 'Dates',
  from: 'From (UTC)',
  to: 'To (UTC)',
  tiles: {
    requests: 'Requests',
    hitRatio: 'Hit ratio',
    saved: 'Origin requests saved',
    renders: 'Renders',
    renderTime: 'Render time',
    failures: 'Failures',
  },
  hints: {
    requests: 'for cards',
    hitRatio: 'of all requests, served without asking your site',
    saved: (fetches: string) => `${fetches} fetches were needed`,
    renders: 'drawings in the browser',
    renderTime: 'median',
    p95: (time: string) => `median; 95% under ${time}`,
    failures: 'requests that got no card',
  },
  slow: (count: number) =>
    `${count.toLocaleString('en')} ${count === 1 ? 'request' : 'requests'} got an old card, because renewing it took longer than this website waits.`,
  toPatience: 'Change the patience in Settings',
  none: '–',
  before: ({ count, unit }: Span) => `the ${count === 1 ? unit : `${count} ${unit}s`} before`,
  trend: (change: string, before: string) => `${change} compared with ${before}`,
  points: (points: string) => `${points} points`,
  trendWhy: ({ count, unit }: Span) => {
    if (unit === 'hour') return `Arrows compare ${count} full hours with the ${count} hours before.`;
    return count === 1
      ? 'Arrows compare a full day with the day before. If the day is today, they compare yesterday.'
      : `Arrows compare ${count} full days with the ${count} days before, without today.`;
  },
  noTrend: 'Arrows appear once there is an earlier period of the same length to compare with.',
  clock: {
    days: 'Days are in UTC.',
    hours: (zone: string) => `Hours are in your time zone, ${zone}.`,
    hoursUtc: 'Hours are in UTC.',
    day: (start: string, zone: string) =>
      `Days are in UTC: this one began at ${start} in your time zone, ${zone}. Hours are in your time zone.`,
    dayUtc: 'Days and hours are in UTC.',
  },
  requestsTitle: { day: 'Requests by day', hour: 'Requests by hour' },
  requestsLead: 'How each request was answered.',
  series: { hits: 'Kept card', checked: 'Kept card, after asking your site', drawn: 'New drawing', failures: 'Failed' },
  others: 'Asked your site, or failed',
  timesTitle: { day: 'Render time by day', hour: 'Render time by hour' },
  timesLead: 'How long each drawing took, including encoding.',
  timesNone: 'Nothing was drawn in this period.',
  times: { p50: 'Median (p50)', p95: '95th percentile (p95)' },
  consumersTitle: 'Requests by network',
  consumersLead: 'All requests, and how many were served without asking your site.',
  columns: { day: 'Day', hour: 'Hour', requests: 'Requests', consumer: 'Network', hitRatio: 'Hit ratio' },
  asTable: 'As a table',
  asChart: 'As a chart',
  requestsChart: (span: Span, by: string, requests: string) =>
    `Bar chart: ${requests} requests in ${counted(span)}, by ${by}.`,
  timesChart: (span: Span, by: string) =>
    `Line chart: median and 95th percentile of render times, by ${by}, ${counted(span)}.`,
  consumersChart: (first: string, count: number) => `Bar chart: requests from ${count} networks, most from ${first}.`,
  latest: 'Latest cards',
  attention: 'Needs attention',
  failing: (count: number) => (count === 1 ? '1 page is failing' : `${count.toLocaleString('en')} pages are failing`),
  failingWhy: 'The last attempt to fetch or draw them failed. Networks get the kept picture where the page allows it.',
  failedFor: (label: string) => `Requested by ${label}.`,
  allFailing: 'All failing pages',
  good: 'Nothing needs attention: no page is failing.',
  start: 'No card has been requested yet',
  startWhy: 'Give every page its own card in three steps.',
  steps: {
    paste: 'Paste the tag',
    pasteWhy: 'One line in the head of every page, ready for your framework.',
    install: 'Get the tag',
    check: 'Check a page',
    checkWhy: 'See whether the tag is right and how long the card will be kept.',
    toCheck: 'Check a page',
    share: 'Share it',
    shareWhy: 'Post a link anywhere, or request a card yourself:',
    copyAddress: 'Copy the address',
    copyCommand: 'Copy the command',
  },
};
