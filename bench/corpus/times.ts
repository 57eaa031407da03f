import { setTimeout as pause } from 'node:timers/promises';
import { findBrowser } from '../../server/src/render/browser/find-browser.ts';
import { startFloor } from '../floor.ts';
import { browserlessDrawer } from '../peers.ts';
import { summarise, timed } from '../statistics.ts';
import type { Cards } from './cards.ts';
import type { CorpusPage } from './page.ts';

/** Milliseconds for one page, medians; undefined where it was not measured, or never came to its load event. */
export interface PageTimes {
  readonly page: CorpusPage;
  readonly card: number;
  readonly floor: number | undefined;
  readonly patient: number | undefined;
  /** CPU time of all processes, what they do after the answer included. */
  readonly cpu: { readonly card: number; readonly floor: number };
}

export interface TimeOptions {
  readonly rounds: number;
  /** Every how many pages the patient peer draws one: it takes three seconds for each. */
  readonly patientEvery: number;
  readonly urlOf: (page: CorpusPage) => string;
  readonly tell: (what: string) => void;
}

// Long enough for the one before to close its page and make the next: neither may run during a measurement.
const rest = 100;
// A page that takes longer than this is measured once: it takes as long each time.
const once = 3000;

/**
 * Cold cards, each by an address that was not asked for before; a warm page of the bare browser, navigated and captured at
 * its load event; and browserless with `networkidle2` and two seconds more. In turns.
 */
export async function measureTimes(
  pages: readonly CorpusPage[],
  cards: Cards,
  { rounds, patientEvery, urlOf, tell }: TimeOptions,
): Promise<PageTimes[]> {
  const browser = await findBrowser(process.env['OGPLUS_BROWSER']);
  await using floor = await startFloor(browser, 1);
  await using patient = await browserlessDrawer(browser, { waitUntil: ['load', 'networkidle2'], waitForTimeout: 2000 });
  const times: PageTimes[] = [];
  for (const [n, page] of pages.entries()) {
    const address = (round: string) => `${urlOf(page)}?round=${round}`;
    const ways = [
      {
        draw: async (round: number) => void (await cards.ask(address(`card-${round}`))),
        cpu: () => cards.cpu(),
        took: [] as number[],
        used: [] as number[],
        fails: false,
      },
      {
        draw: (round: number) => floor.draw(address(`floor-${round}`)),
        cpu: () => floor.cpu?.() ?? Number.NaN,
        took: [] as number[],
        used: [] as number[],
        fails: false,
      },
      {
        draw: (round: number) => patient.draw(address(`patient-${round}`)),
        cpu: () => Number.NaN,
        took: [] as number[],
        used: [] as number[],
        fails: n % patientEvery !== 0,
      },
    ];
    for (let round = 0; round < rounds; round++) {
      for (const way of ways) {
        if (way.fails || way.took.some((ms) => ms > once)) continue;
        const before = way.cpu();
        const drawing = timed(() => way.draw(round));
        await drawing.then(
          (took) => way.took.push(took),
          () => {
            way.fails = true; // it never loads
          },
        );
        await pause(rest);
        way.used.push(way.cpu() - before);
      }
    }
    const [card, bare, slow] = ways.map(({ took, fails }) => (fails ? undefined : summarise(took).median));
    const [ours = Number.NaN, theirs = Number.NaN] = ways.map(({ used }) => summarise(used).median);
    const cpu = { card: ours, floor: theirs };
    times.push({ page, card: card ?? Number.NaN, floor: bare, patient: slow, cpu });
    tell(`times ${n + 1}/${pages.length} ${page.name}`);
  }
  return times;
}

/** The table of times, and the pages that took too long. */
export function timesTable(times: readonly PageTimes[]): string {
  const beside = (name: 'floor' | 'patient') => {
    const both = times.flatMap(({ card, [name]: other }) => (other === undefined ? [] : [{ card, other }]));
    const at = (share: number, values: readonly number[]) => valueAt(share, values);
    const mine = both.map(({ card }) => card);
    const theirs = both.map(({ other }) => other);
    const ratios = both.map(({ card, other }) => card / other);
    const cell = (share: number) => `${at(share, mine).toFixed(0)} / ${at(share, theirs).toFixed(0)}`;
    return `${both.length} | ${cell(0.5)} | ${cell(0.95)} | ${at(0.5, ratios).toFixed(2)} | ${at(0.95, ratios).toFixed(2)}`;
  };
  const cpu = times.filter(({ floor }) => floor !== undefined).map(({ cpu: { card, floor } }) => ({ card, floor }));
  const used = (name: 'card' | 'floor') =>
    valueAt(
      0.5,
      cpu.map(({ [name]: ms }) => ms),
    ).toFixed(0);
  const cpuRatios = cpu.map(({ card, floor }) => card / floor);
  const slow = times.filter(({ card }) => card > 3000).map(({ page, card }) => `${page.name} ${card.toFixed(0)}`);
  return [
    '| a cold card beside | pages | median, ms | p95, ms | ratio, median | ratio, p95 |',
    '| --- | --- | --- | --- | --- | --- |',
    `| load, then capture | ${beside('floor')} |`,
    `| browserless, networkidle2 and 2 s | ${beside('patient')} |`,
    `\nCPU time of both, ms: ${used('card')} / ${used('floor')}, ratio ${valueAt(0.5, cpuRatios).toFixed(2)} at the median and ${valueAt(0.95, cpuRatios).toFixed(2)} at p95`,
    `Longer than 3 s: ${slow.length === 0 ? 'none' : slow.join(', ')}`,
    `Never at its load event in a bare browser: ${times.filter(({ floor }) => floor === undefined).length} pages`,
  ].join('\n');
}

function valueAt(share: number, values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
