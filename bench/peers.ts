import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, findBrowser } from '../server/src/render/browser/find-browser.ts';
import { type Drawer, quality, startFloor, viewport } from './floor.ts';
import { pathOf } from './processes.ts';
import { type Row, type Summary, show, summarise, timed } from './statistics.ts';

const rounds = 40;
const warmUp = 5;
/** How many cards are drawn with each. */
export const peerRounds = rounds + warmUp;
// Long enough for the one before to close its page and make the next: neither may run during a measurement.
const rest = 250;

/**
 * A cold card, fetched, drawn, kept and sent, beside what draws the same page as a picture of the same size and format
 * once it has loaded: the bare browser (navigate and capture on one warm page), puppeteer-core with a new page each, and
 * browserless.
 * @param firstCards addresses of cards of as many websites as there are rounds, none of them drawn so far.
 */
export async function benchPeers(service: string, origin: string, firstCards: readonly string[]): Promise<Row[]> {
  const browser = await findBrowser(process.env['OGPLUS_BROWSER']);
  await using floor = await startFloor(browser, 1);
  await using puppeteer = await puppeteerDrawer(browser);
  await using browserless = await browserlessDrawer(browser);
  const drawers = [
    ['OpenGraph+', (n: number) => askFor(`${service}/kept/cold-${n}`)],
    ['first of a website', (n: number) => askFor(firstCards[n] ?? '')],
    ['browser floor', (n: number) => floor.draw(`${origin}/cold/floor-${n}`)],
    ['puppeteer-core', (n: number) => puppeteer.draw(`${origin}/cold/puppeteer-${n}`)],
    ['browserless', (n: number) => browserless.draw(`${origin}/cold/browserless-${n}`)],
  ] as const;
  const samples = new Map<string, number[]>(drawers.map(([name]) => [name, []]));
  for (let n = 0; n < peerRounds; n++) {
    for (const [name, draw] of drawers) {
      await pause(rest);
      const took = await timed(() => draw(n));
      if (n >= warmUp) samples.get(name)?.push(took);
    }
  }
  const of = (name: string) => summarise(samples.get(name) ?? []);
  const row = (what: string, ours: Summary, name: string, aim: string): Row => ({
    what,
    ours: show(ours),
    theirs: `${name} ${show(of(name))}`,
    ratio: (ours.median / of(name).median).toFixed(2),
    aim,
  });
  const [cold, first] = [of('OpenGraph+'), of('first of a website')];
  return [
    row('cold card (ms)', cold, 'browser floor', '≤ 1.25'),
    row('cold card (ms)', cold, 'puppeteer-core', '≤ 0.6'),
    row('cold card (ms)', cold, 'browserless', '≤ 0.4'),
    row('cold card, the first of a website (ms)', first, 'browser floor', '≤ 1.25'),
  ];
}

const eachRate = 40;
const rateRounds = 4;

/** Cards a second, and pictures a second of the floor, each with as many at once as draw the most; in turns. */
export async function benchThroughput(service: string, origin: string): Promise<Row> {
  const browser = await findBrowser(process.env['OGPLUS_BROWSER']);
  const ours: Rate[] = [];
  const floors: Rate[] = [];
  for (const atOnce of [1, 2, 3]) {
    await using floor = await startFloor(browser, atOnce);
    const drawers = [
      { draw: (path: string) => askFor(`${service}${path}`), rates: ours, perSecond: [] as number[] },
      { draw: (path: string) => floor.draw(`${origin}${path}`), rates: floors, perSecond: [] as number[] },
    ];
    // The first round warms up.
    for (let round = 0; round <= rateRounds; round++) {
      for (const { draw, perSecond } of drawers) {
        let next = 0;
        const lane = async () => {
          while (next < eachRate) await draw(`/cold/rate-${round}-${atOnce}-${next++}`);
        };
        const took = await timed(async () => void (await Promise.all(Array.from({ length: atOnce }, lane))));
        if (round > 0) perSecond.push(eachRate / (took / 1000));
      }
    }
    for (const { rates, perSecond } of drawers) rates.push({ atOnce, perSecond: summarise(perSecond) });
  }
  const [best, most] = [bestOf(ours), bestOf(floors)];
  const told = ({ atOnce, perSecond }: Rate) => `${show(perSecond)}, ${atOnce} at once`;
  return {
    what: 'cold cards a second, as many at once as is best',
    ours: told(best),
    theirs: `browser floor ${told(most)}`,
    ratio: (best.perSecond.median / most.perSecond.median).toFixed(2),
    aim: '≥ 0.9',
  };
}

interface Rate {
  readonly atOnce: number;
  readonly perSecond: Summary;
}

function bestOf(rates: readonly Rate[]): Rate {
  return rates.reduce((a, b) => (b.perSecond.median > a.perSecond.median ? b : a));
}

async function askFor(url: string): Promise<void> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The card answers ${response.status}: ${await response.text()}`);
  await response.arrayBuffer();
}

const require = createRequire(pathOf('./peers/package.json'));
const args = ['--no-sandbox', '--hide-scrollbars', '--disable-gpu'];

function launchOptions(browser: Browser) {
  if (browser.kind === 'remote') throw new Error('The peers start a browser of their own.');
  const env = { ...process.env, ...browser.environment };
  return { executablePath: browser.path, env, args, headless: 'shell', defaultViewport: viewport } as const;
}

interface PuppeteerPage {
  goto(url: string, options: { waitUntil: 'load' }): Promise<unknown>;
  screenshot(options: { type: 'jpeg'; quality: number; optimizeForSpeed: boolean }): Promise<Uint8Array>;
  close(): Promise<void>;
}

async function puppeteerDrawer(browser: Browser): Promise<Drawer> {
  const { launch } = require('puppeteer-core') as {
    launch(options: object): Promise<{ newPage(): Promise<PuppeteerPage>; close(): Promise<void> }>;
  };
  const running = await launch(launchOptions(browser));
  return {
    async draw(url) {
      const page = await running.newPage();
      await page.goto(url, { waitUntil: 'load' });
      await page.screenshot({ type: 'jpeg', quality, optimizeForSpeed: true });
      await page.close();
    },
    [Symbol.asyncDispose]: () => running.close(),
  };
}

/** @param waiting what it waits for, in its own words. */
export async function browserlessDrawer(browser: Browser, waiting: object = { waitUntil: 'load' }): Promise<Drawer> {
  type Screenshot = (url: string, options: object) => Promise<Buffer>;
  const create = require('browserless') as (options: object) => {
    createContext(): Promise<{ screenshot: Screenshot; destroyContext(): Promise<void> }>;
    close(): Promise<void>;
  };
  const running = create({ ...launchOptions(browser), puppeteer: require('puppeteer-core-of-browserless') });
  const context = await running.createContext();
  return {
    async draw(url) {
      await context.screenshot(url, { type: 'jpeg', quality, viewport, adblock: false, ...waiting });
    },
    async [Symbol.asyncDispose]() {
      await context.destroyContext();
      await running.close();
    },
  };
}
