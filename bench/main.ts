// `npm run bench`: ratios measured side by side in one run, with the machine's noise. Needs nginx and wrk for "fresh".
// `npm run bench -- cards formats` measures these parts only.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchAtRest, programs } from './at-rest.ts';
import { benchCommands } from './commands.ts';
import { benchFormats } from './formats.ts';
import { benchFresh } from './fresh.ts';
import { benchHits } from './hits/hits.ts';
import { benchNotModified } from './hits/not-modified.ts';
import { benchJudging } from './judging.ts';
import { benchMemory } from './memory.ts';
import { benchPages } from './pages.ts';
import { benchPeers, benchThroughput, peerRounds } from './peers.ts';
import { pathOf, startUntil } from './processes.ts';
import { benchRevalidation } from './revalidation.ts';
import { serve } from './serve.ts';
import { benchSignatureTiming } from './signature-timing.ts';
import { type Row, table } from './statistics.ts';
import { addWebsites } from './websites.ts';

const hits = [
  { part: 'hits-60', kB: 60, workers: 1 },
  { part: 'hits-60-workers', kB: 60, workers: 2 },
  { part: 'hits-250', kB: 250, workers: 1 },
  { part: 'hits-250-workers', kB: 250, workers: 2 },
] as const;
const parts = [
  'judging',
  'fresh',
  ...hits.map(({ part }) => part),
  'not-modified',
  'cards',
  'revalidation',
  'memory',
  'at-rest',
  'commands',
  'pages',
  'formats',
] as const;
const wanted = process.argv.slice(2);
const unknown = wanted.filter((part) => part !== 'hits' && !parts.some((one) => one === part));
if (unknown.length > 0) throw new Error(`There is no part ${unknown.join()}: hits, ${parts.join(', ')}.`);
const isWanted = (part: (typeof parts)[number]) =>
  wanted.length === 0 || wanted.includes(part) || (part.startsWith('hits-') && wanted.includes('hits'));

const data = mkdtempSync(join(tmpdir(), 'ogplus-bench-'));
try {
  await using origin = await startUntil(process.execPath, [pathOf('./origin.ts')], {}, /^(\d+)\n/);
  const site = `http://127.0.0.1:${origin.match[1]}`;
  // Beside the site itself, other addresses of the loopback network, which has them all on Linux.
  const others = Array.from({ length: peerRounds }, (_, n) => site.replace('127.0.0.1', `127.0.1.${n + 1}`));
  const [main, ...first] = (await addWebsites(data, [site, ...others])).map(({ publicKey }) => publicKey);
  const start = (more: Record<string, string>) => serve(data, { OGPLUS_LOG_LEVEL: 'warn', ...more });
  // The domain address: the connection's host name need not resolve here.
  const cardsOf = (address = '', key = main) => `${address}/api/websites/v1/domain/${key}/image`;

  const rows: Row[] = isWanted('judging') ? [...benchJudging(), ...benchSignatureTiming()] : [];
  if (isWanted('fresh') || isWanted('cards') || isWanted('revalidation')) {
    await using service = await start({});
    const cards = cardsOf(service.match[1]);
    const { host } = new URL(cards);
    if (isWanted('fresh')) rows.push(await benchFresh(cards, host, '/kept/fresh', data));
    if (isWanted('cards')) {
      const firstCards = first.map((key) => `${cardsOf(service.match[1], key)}/kept/first`);
      rows.push(...(await benchPeers(cards, site, firstCards)), await benchThroughput(cards, site));
    }
    if (isWanted('revalidation')) rows.push(await benchRevalidation(cards, '/asked/page', site));
  }
  if (isWanted('memory')) {
    // A small memory cache is full after the first renders: what grows then is no cache.
    await using service = await start({ OGPLUS_MEMORY_CACHE_MB: '8' });
    const cards = cardsOf(service.match[1]);
    rows.push(...(await benchMemory(cards, service.child.pid ?? 0)));
  }
  for (const { part, kB, workers } of hits) if (isWanted(part)) rows.push(...(await benchHits(kB, workers)));
  if (isWanted('not-modified')) rows.push(...(await benchNotModified()));
  if (isWanted('at-rest') || isWanted('commands')) {
    const both = programs();
    if (isWanted('at-rest')) rows.push(...(await benchAtRest(both)));
    if (isWanted('commands')) rows.push(...benchCommands(both));
  }
  if (isWanted('pages')) rows.push(...(await benchPages()));
  if (isWanted('formats')) rows.push(...(await benchFormats()));
  const [cpu] = cpus();
  console.log(`${cpu?.model ?? 'CPU'} × ${cpus().length}, Node ${process.version}; median (8 of 10 lie between)\n`);
  console.log(table(rows, ['what', 'OpenGraph+', 'beside it', 'ratio', 'aim']));
} finally {
  rmSync(data, { recursive: true, force: true });
}
