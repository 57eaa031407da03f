const count = (value: number, one: string, more: string) => `${value.toLocaleString('en')} ${value === 1 ? one : more}`;

/** The state of the service, for its owner. */
export const service = {
  title: 'Service',
  lead: (version: string, name: string, span: string) => `Version ${version} on ${name}, running for ${span}`,
  good: 'Nothing needs attention.',
  attention: 'Needs attention',
  concerns: (bad: number, hints: number) => {
    const worst = bad > 0 ? count(bad, 'error', 'errors') : '';
    const rest = hints > 0 ? count(hints, 'warning', 'warnings') : '';
    return [worst, rest].filter((part) => part !== '').join(', ');
  },
  levels: { bad: 'Error', hint: 'Warning', good: 'OK' },
  on: (node: string) => `On ${node}`,
  away: (time: string) => `The service does not answer. These figures are from ${time}.`,
  now: 'Right now',
  nowOf: (name: string) => `Right now, on ${name}`,
  nowLead: 'Updated every two seconds.',
  tiles: {
    drawing: 'Renderers',
    browser: 'Browser',
    memory: 'Memory',
    disk: 'Disk',
    database: 'Database',
    requests: 'Connections',
  },
  busy: (busy: number, places: number) => `${busy} of ${places} busy`,
  waiting: (cards: number, limit: number) =>
    cards === 0
      ? `no card waits; ${limit.toLocaleString('en')} may wait`
      : `${count(cards, 'card waits', 'cards wait')}; ${limit.toLocaleString('en')} may wait`,
  browser: { running: 'Running', resting: 'Not running', failing: 'Does not start' },
  browserHints: {
    running: (browsers: number) => count(browsers, 'process', 'processes'),
    resting: 'starts with the next card',
  },
  sandboxed: 'in its sandbox',
  unsandboxed: 'without its sandbox',
  exits: (exits: number) =>
    exits === 0 ? 'no crash since the start' : `${count(exits, 'crash', 'crashes')} since the start`,
  elsewhere: 'on another machine',
  taken: (bytes: string) => `${bytes} used`,
  outOf: (limit: string) => `of ${limit}`,
  memoryParts: (service: string, browsers: string, limit: string | null) =>
    `service ${service}, browsers ${browsers}${limit === null ? '' : ` of ${limit}`}`,
  memoryUnknown: (service: string) => `service ${service}; browsers not known`,
  free: (free: string) => `${free} free`,
  pictures: (kept: string, budget: string) => `pictures ${kept} of ${budget}`,
  notCounted: 'pictures are not counted yet',
  inBucket: (kept: string, budget: string) => `pictures in the bucket: ${kept} of ${budget}`,
  unreadable: 'Cannot be read',
  databases: { sqlite: 'SQLite', postgres: 'Postgres' },
  answersIn: (time: string) => `answers in ${time}`,
  noAnswer: 'No answer',
  open: (connections: string) => `${connections} open`,
  requests: (waiting: number, most: number, workers: number) =>
    [
      waiting === 0 ? 'no image request waits' : count(waiting, 'image request waits', 'image requests wait'),
      `${most.toLocaleString('en')} at most`,
      ...(workers === 0 ? [] : [count(workers, 'HTTP worker', 'HTTP workers')]),
    ].join('; '),
  used: (label: string) => `${label}, used`,
  nodes: 'Nodes',
  nodesLead: 'The figures of other nodes are up to ten seconds old.',
  thisNode: 'this one',
  alive: 'Running',
  silent: 'Not responding',
  silentSince: 'Last seen',
  otherVersion: 'This node runs another version.',
  nodeFigures: (busy: string, waiting: number, memory: string, free: string) =>
    `${busy}, ${waiting} waiting · ${memory} used · ${free} free`,
  version: (version: string) => `version ${version}`,
  costs: 'Websites by cost',
  costsLead: 'What their cards cost, including failed ones. Most browser time first.',
  period: 'Period',
  days: (days: number) => (days === 1 ? 'Today' : `${days} days`),
  noCosts: 'No card was drawn in this period.',
  cost: {
    browser: 'in the browser',
    drawings: (drawings: number) => count(drawings, 'drawing', 'drawings'),
    fetches: (fetches: number) => count(fetches, 'fetch', 'fetches'),
    bytes: (size: string) => `${size} loaded`,
  },
  others: 'The 100 most expensive websites are shown.',
  errors: 'Last errors',
  errorsLead: 'Warnings and errors of the log, newest first. Repeats are counted.',
  noErrors: 'None since the start.',
  errorLevels: { error: 'Error', warning: 'Warning' },
  times: (times: number) => `${times.toLocaleString('en')} times`,
  checks: 'Checks',
  checksLead: 'The checks of “ogplus doctor”, run in this service. They take a few seconds.',
  run: 'Run the checks',
  runAgain: 'Run again',
  ran: 'Checked',
  allGood: (checks: number) => `All ${checks} checks passed.`,
  someGood: (good: number, checks: number) => `${good} of ${count(checks, 'check', 'checks')} passed.`,
  showGood: 'Show passed checks',
  hideGood: 'Hide passed checks',
};
