import { time } from './time.ts';

const counted = (count: number) => count.toLocaleString('en');
const pagesCounted = (count: number) => (count === 1 ? '1 page' : `${counted(count)} pages`);

const begins = (prefix: string) => (prefix.endsWith('/') ? `below ${prefix}` : `that begin with ${prefix}`);

/** The table of a website's pages. */
export const pages = {
  title: 'Pages',
  lead: 'Every page of which a card is kept, and who asked for it.',
  search: 'Search pages',
  searchHint: 'A part of an address',
  clearSearch: 'Clear the search',
  states: { all: 'All', fresh: 'Fresh', stale: 'Stale', failing: 'Failing', gone: 'Gone' },
  stateFilter: 'State',
  state: {
    fresh: (span: string) => `Fresh for ${span}`,
    stale: 'Stale',
    failing: 'Failing',
    gone: 'Gone',
  },
  stateWhy: {
    fresh: (until: string) => `Served as it is until ${until}`,
    stale: 'Asked for again with the next request',
    purged: 'Purged: drawn again with the next request',
    failing: 'The last try failed',
    gone: 'The page answered 404 or 410',
  },
  columns: { page: 'Page', state: 'State', drawn: 'Last drawn', requests: 'Requests', who: 'Who asks' },
  sortBy: (column: string) => `Sort by ${column.toLowerCase()}`,
  notDrawn: 'not drawn',
  requestsUnit: (count: number) => (count === 1 ? 'request' : 'requests'),
  noCard: 'no card kept',
  more: (count: number) => `+${count}`,
  askedBy: (labels: readonly string[]) => `Cards for ${time.list(labels)}`,
  shown: (count: number, isAll: boolean) => (isAll ? pagesCounted(count) : `The first ${pagesCounted(count)}`),
  select: (target: string) => `Select ${target}`,
  selectAll: 'Select all pages that are loaded',
  selected: (count: number) => `${pagesCounted(count)} selected`,
  selection: 'Selected pages',
  unselect: 'Clear the selection',
  purge: 'Purge',
  purgePrefix: (prefix: string) => `Purge all ${begins(prefix)}`,
  purgePrefixTitle: 'Purge all pages that begin so?',
  purgePrefixWhy: (prefix: string) =>
    `Every page whose address begins with ${prefix} loses its pictures at once, those that are not loaded here too. Each is fetched and drawn again with its next request.`,
  purgeWebsite: 'Purge all pages',
  purgeWebsiteTitle: (host: string) => `Purge all of ${host}?`,
  purgeWebsiteWhy:
    'All pages lose their pictures at once. Each is fetched and drawn again with its next request, which can be much work for the website when many are asked for.',
  purged: (what: string) => `Purged ${what}`,
  purgedWhy: 'What was purged is drawn again with its next request.',
  thesePages: pagesCounted,
  prefix: (prefix: string) => `all pages ${begins(prefix)}`,
  everything: (host: string) => `all pages of ${host}`,
  notPurged: 'Not purged',
  notAllPurged: 'Not all purged',
  partlyPurged: (count: number, sentence: string) => `${pagesCounted(count)} were purged, then: ${sentence}`,
  keys: 'Keyboard shortcuts',
  key: {
    search: 'Search',
    move: 'Move between pages',
    ends: 'First and last page that is loaded',
    open: 'Open the page',
    select: 'Select the page',
    range: 'Select all from the last one to here',
    all: 'Select all that are loaded',
    purge: 'Purge the page, or those selected',
    leave: 'Clear the search or the selection',
    help: 'Show this',
  },
  keysOff: 'While you type in a field, keys write.',
  none: 'No page yet',
  noneWhy:
    'A page is listed here as soon as its card was asked for: paste the tag into your pages, then share one of them.',
  toInstall: 'Get the tag',
  toCheck: 'Check a page',
  nothing: 'Nothing found',
  nothingWith: (search: string) => `No address has “${search}” in it.`,
  nothingWithIn: (search: string, state: string) =>
    `Of pages that are ${state.toLowerCase()}, none has “${search}” in its address.`,
  nothingIn: {
    fresh: 'No page is fresh at the moment.',
    stale: 'No page is stale: all are served as they are.',
    failing: 'No page is failing.',
    gone: 'No page is gone.',
  },
  showAll: 'Show all pages',
};
