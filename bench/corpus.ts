// `npm run corpus`: the card of each page of the corpus beside the page at rest in a plain browser.
// `npm run corpus -- hanging lazy-hero` draws these groups and pages only; see `--help`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startCards } from './corpus/cards.ts';
import { byHand, withPackages } from './corpus/groups.ts';
import { type KeptReference, References } from './corpus/kept-references.ts';
import { startCorpusOrigin } from './corpus/origin.ts';
import type { CorpusPage } from './corpus/page.ts';
import { startPlainBrowser } from './corpus/plain-browser.ts';
import { complaints, summary, writePictures } from './corpus/report.ts';
import { measureTimes, timesTable } from './corpus/times.ts';
import { judge, type Verdict } from './corpus/verdict.ts';
import { pathOf } from './processes.ts';

const { values: options, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: pathOf('./corpus/out') },
    fresh: { type: 'boolean', default: false },
    'at-once': { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(`npm run corpus -- [group or page …]
  --out DIR      where pictures and disagree.txt go (bench/corpus/out)
  --fresh        draw the pages at rest anew, instead of taking what is kept of them
  --at-once N    so many pages at rest at a time (3)
  --rounds N     how often each is timed, 0 for not at all (3)`);
  process.exit();
}

const all = [...byHand, ...withPackages].flatMap(({ name: group, pages }) => pages.map((page) => ({ group, page })));
const chosen = all.filter(
  ({ group, page }) => wanted.length === 0 || wanted.includes(group) || wanted.includes(page.name),
);
if (chosen.length === 0) throw new Error(`There is no page or group ${wanted.join()}.`);
const out = resolve(options.out);
mkdirSync(out, { recursive: true });

await using origin = await startCorpusOrigin(chosen.map(({ page }) => page));
await using plain = await startPlainBrowser();
const references = new References(pathOf('./corpus/out/references'), plain, options.fresh);
const drawn = new Map<CorpusPage, KeptReference>();
await inTurns(chosen, Number(options['at-once']), async ({ page }, n) => {
  drawn.set(page, await references.of(page, origin));
  progress(`at rest ${n + 1}/${chosen.length} ${page.name}`);
});

await using cards = await startCards(origin.origins);
const verdicts: Verdict[] = [];
for (const [n, { group, page }] of chosen.entries()) {
  const stop = origin.listen(page);
  const card = await cards.ask(origin.urlOf(page));
  verdicts.push(await judge(group, page, card, stop(), drawn.get(page) ?? (await references.of(page, origin))));
  progress(`card ${n + 1}/${chosen.length} ${page.name}`);
}
progress('');
await writePictures(out, verdicts);
const told = complaints(verdicts);
writeFileSync(join(out, 'disagree.txt'), `${told}\n`);
console.log(`${told}\n\n${summary(verdicts)}\n\nPictures: ${join(out, 'index.html')}\n`);

const rounds = Number(options.rounds);
if (rounds > 0) {
  const pages = chosen.map(({ page }) => page);
  const times = await measureTimes(pages, cards, { rounds, patientEvery: 10, urlOf: origin.urlOf, tell: progress });
  progress('');
  console.log(timesTable(times));
}

/** Does the work for each, so many at a time. */
async function inTurns<T>(
  each: readonly T[],
  atOnce: number,
  work: (one: T, n: number) => Promise<void>,
): Promise<void> {
  const left = [...each.entries()];
  const lane = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

function progress(text: string): void {
  process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
}
