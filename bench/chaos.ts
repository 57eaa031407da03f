// `npm run chaos [minutes] [seed]`: four nodes on one Postgres and one S3 server, asked by clients behind a balancer while
// nodes are killed, the database is restarted, frozen and cut off, the bucket fails and a clock jumps. A checker that knows
// what the origin said when holds every answer against it. Ends with 1 where a promise does not hold. Linux.

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startPostgres } from '../server/test/harness/postgres.ts';
import { startS3Server } from '../server/test/harness/s3/s3-server.ts';
import { ask, Checker } from './chaos/clients.ts';
import { Excuses } from './chaos/excuses.ts';
import { repeatedFetches } from './chaos/fetches.ts';
import { Node } from './chaos/nodes.ts';
import { Pages } from './chaos/pages.ts';
import { type MadeWebsite, Settings } from './chaos/settings.ts';
import { SettledSite } from './chaos/settled-site.ts';
import { strikesOf } from './chaos/strikes.ts';
import { pathOf } from './processes.ts';
import { Random } from './siege/random.ts';

const minutes = Number(process.argv[2] ?? 2);
const seed = Number(process.argv[3] ?? Math.floor(Math.random() * 1e9));
if (!(minutes > 0) || !Number.isInteger(seed)) throw new Error('npm run chaos [minutes] [seed], 2 without a number');
const nodeCount = 4;
const lanes = 6;
const random = new Random(seed);
console.log(`${minutes} minutes, seed ${seed}`);

await using parts = new AsyncDisposableStack();
const pages = parts.use(new Pages(24));
const origin = await pages.listen();
const settledSite = parts.use(new SettledSite());
await settledSite.listen();
const postgres = parts.use(await startPostgres());
const database = await postgres.createDatabase();
const s3 = parts.use(await startS3Server());
const env = {
  OGPLUS_MASTER_KEY: randomBytes(32).toString('base64url'),
  OGPLUS_STORAGE_URL: `s3://${s3.bucket}/og`,
  OGPLUS_S3_ENDPOINT: s3.url,
  AWS_ACCESS_KEY_ID: s3.keys.accessKeyId,
  AWS_SECRET_ACCESS_KEY: s3.keys.secretAccessKey,
  AWS_REGION: s3.keys.region,
  OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8',
  OGPLUS_RENDERERS: '1',
  OGPLUS_WEBSITE_RENDERS_PER_MINUTE: '1000000',
  OGPLUS_CLIENT_RENDERS_PER_MINUTE: '1000000',
  OGPLUS_PATIENCE_MS: '20000',
  // How fast a busy machine draws is not the question here.
  OGPLUS_RENDER_BUDGET_MS: '20000',
};
// The last node is of this version, in a folder of its own: an older one that has not been replaced yet.
const { OGPLUS_CHAOS_OLDER: older } = process.env;
const urlBy = (port: number) => postgres.url(database).replace(`:${postgres.port}/`, `:${port}/`);
const excuses = new Excuses();
const checker = new Checker(pages, (why) => excuses.note(why));
const told = {
  storeFailed: (why: string) => {
    excuses.note(why);
    checker.count('a node says that it cannot reach the database or the bucket');
  },
  notStarted: (why: string) => checker.fault(`A node did not start: ${why}`),
};
const nodes: Node[] = [];
for (let n = 0; n < nodeCount; n++) {
  const version = n === nodeCount - 1 ? older : undefined;
  nodes.push(parts.use(await Node.prepare({ port: postgres.port, urlBy, env, told, version })));
}
await Promise.all(nodes.map((node) => node.start()));
console.log(`nodes: ${nodes.map(({ address }) => address).join(' ')}`);
const site: MadeWebsite = JSON.parse(await command('site', 'create', origin, '--json'));
console.log(`website ${site.connection}`);
const settings = await Settings.start({ random, nodes, checker, site: settledSite, command });

const askFor = async (page: number, first = random.below(nodeCount)): Promise<void> => {
  const began = performance.now();
  try {
    const answer = await ask(nodes, first, { path: `/${page}`, host: `${site.connection}.localhost` });
    await checker.answered(page, began, answer);
  } catch (error) {
    checker.fault(String(error));
  }
};

/** Answered or not: one that was not may have happened all the same. */
const begunPurges: Array<{ readonly page: number | undefined; readonly began: number }> = [];

/** Returns how long it took; undefined if it was refused, and so did not happen for anybody. */
const purge = async (page: number | undefined, first = random.below(nodeCount)): Promise<number | undefined> => {
  const began = performance.now();
  begunPurges.push({ page, began });
  const answer = await ask(nodes, first, {
    path: `/api/v1/websites/${site.id}/purges`,
    host: undefined,
    method: 'POST',
    headers: { authorization: `Bearer ${site.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(page === undefined ? { kind: 'website' } : { kind: 'page', target: `/${page}` }),
  }).catch((error) => void checker.count(`purge not answered: ${String(error).slice(0, 60)}`));
  if (answer === undefined) return undefined;
  checker.count(`purge ${answer.status}`);
  if (answer.status >= 300) return undefined;
  checker.purges.push({ page, began, answered: performance.now() });
  return performance.now() - began;
};

const isReady = async (node: Node): Promise<boolean> => {
  const answer = await ask([node], 0, { path: '/readyz', host: undefined }).catch(() => undefined);
  return answer?.status === 200;
};

/** Whether all nodes that run are ready by themselves within the time. */
const allReady = async (): Promise<boolean> => {
  const end = performance.now() + 30_000;
  const running = () => nodes.filter((node) => node.address !== undefined);
  while (!(await Promise.all(running().map(isReady))).every(Boolean)) {
    if (performance.now() > end) return false;
    await pause(100);
  }
  return true;
};

const startDrawing = async (node: Node): Promise<void> => {
  const page = random.below(pages.count);
  pages.edit(page);
  await purge(page);
  const fetched = pages.nextFetch(page);
  const asked = askFor(page, nodes.indexOf(node));
  await Promise.race([fetched, asked]);
};
const count = (what: string) => checker.count(what);
const strikes = strikesOf({ random, postgres, s3, excuses, count, startDrawing, allReady });
/** Each once in a random order, and then again. */
let comingStrikes: Array<keyof typeof strikes> = [];

const over = AbortSignal.timeout(minutes * 60_000);
const whileOn = async (work: () => Promise<unknown>) => {
  while (!over.aborted) await work();
};
await Promise.all([
  ...Array.from({ length: lanes }, () => whileOn(() => askFor(random.below(pages.count)))),
  whileOn(async () => {
    await pause(random.below(1000));
    const page = random.below(pages.count);
    pages.edit(page);
    await purge(random.below(10) === 0 ? undefined : page);
  }),
  whileOn(async () => {
    await pause(random.below(2000));
    await settings.change();
  }),
  whileOn(() => settings.askUnkept()),
  whileOn(() => settings.ask()),
  whileOn(() => settings.ask()),
  whileOn(async () => {
    await pause(1000 + random.below(3000));
    if (comingStrikes.length === 0) comingStrikes = random.shuffled(Object.keys(strikes));
    const what = comingStrikes.pop() ?? '';
    checker.count(`strike: ${what}`);
    await strikes[what]?.(random.one(nodes));
  }),
]);

console.log('settling');
// Nobody restarts anything but what was killed.
for (const node of nodes) if (node.address === undefined) await node.start();
if (!(await allReady())) checker.fault('A node is not ready 30 s after the last strike.');
const purgesOf = (page: number) =>
  begunPurges.filter((purge) => (purge.page ?? page) === page).map(({ began }) => began);
const repeated = pages.fetches.flatMap((fetches, page) => repeatedFetches(page, fetches, purgesOf(page), excuses));
for (const { page, at, before, why } of repeated) {
  if (why !== undefined) checker.count(`fetched again: ${why}`);
  else checker.fault(`page ${page} was fetched again after ${Math.round(at - before)} ms, and nothing asked for it`);
}

console.log('cold cards');
const [coldFrom, rendersBefore] = [performance.now(), await rendersOf()];
if ((await purge(undefined)) === undefined) checker.fault('The last purge was refused.');
for (let page = 0; page < pages.count; page++) {
  const began = performance.now();
  await Promise.all(Array.from({ length: 40 }, (_, n) => askFor(page, n % nodeCount)));
  const fetches = pages.fetches[page]?.filter((at) => at >= began).length ?? 0;
  if (fetches === 1) continue;
  const [excuse] = excuses.within(began, performance.now());
  if (excuse !== undefined) checker.count(`cold card with ${fetches} fetches: ${excuse.why}`);
  else checker.fault(`the cold card of page ${page} cost ${fetches} fetches`);
}
const cold = { fetches: pages.fetchesSince(coldFrom), renders: (await rendersOf()) - rendersBefore };
if (cold.renders !== cold.fetches) checker.fault(`${cold.fetches} fetches of cold cards gave ${cold.renders} renders`);

console.log('purging');
const times: number[] = [];
for (let n = 0; n < 40; n++) times.push((await purge(n % pages.count)) ?? Number.POSITIVE_INFINITY);
times.sort((a, b) => a - b);

console.log('stopping');
await Promise.all(nodes.map((node) => node.end('SIGTERM')));
const exits = nodes.flatMap((node) => node.exits);
if (exits.some((code) => code !== 0)) checker.fault(`A node that was told to stop ended with ${exits.join(', ')}.`);
const rows = async (query: string) => (await postgres.sql(query, database))[0]?.rows ?? [];
// One that could not be given back while the database was away has run out since.
const left =
  await rows(`SELECT name FROM (SELECT name, until FROM leases UNION ALL SELECT 'node ' || id, until FROM nodes)
  AS held WHERE until > extract(epoch FROM clock_timestamp()) * 1000`);
if (left.length > 0) checker.fault(`Leases are left: ${left.map(({ name }) => name).join(', ')}`);
const kept = await rows('SELECT DISTINCT picture_hash AS hash FROM cards WHERE picture_hash IS NOT NULL');
const stored = [...s3.objects.keys()].join('\n');
for (const { hash } of kept) if (!stored.includes(hash)) checker.fault(`A record has no picture: ${hash}`);

for (const code of s3.refused) checker.count(`the bucket refuses: ${code}`);
for (const what of Object.keys(strikes))
  if (!checker.counts.has(`strike: ${what}`)) checker.counts.set(`strike: ${what}`, 0);
console.log('\n| what | times |\n| --- | --- |');
for (const [what, count] of [...checker.counts].sort()) console.log(`| ${what} | ${count} |`);
const of = (share: number) => times[Math.floor((times.length - 1) * share)]?.toFixed(1);
console.log(`\na purge with ${nodeCount} live nodes: median ${of(0.5)} ms, slowest ${of(1)} ms`);
console.log(
  `${pages.count} cold cards, each asked for by 40 at once on ${nodeCount} nodes: ${cold.fetches} fetches, ${cold.renders} renders`,
);
for (const fault of checker.faults.slice(0, 50)) console.log(`✗ ${fault}`);
console.log(checker.faults.length === 0 ? '✓ every promise held' : `✗ ${checker.faults.length} faults, seed ${seed}`);
process.exitCode = checker.faults.length === 0 ? 0 : 1;

async function rendersOf(): Promise<number> {
  const counts = nodes.map(async (node) => {
    const { body } = await ask([node], 0, { path: '/metrics', host: undefined });
    return Number(/^ogplus_renders_total (\d+)$/m.exec(body.toString())?.[1]);
  });
  return sum(await Promise.all(counts));
}

/** Runs a command of `ogplus`, which goes to the database by no node's way. Gives what it printed. */
async function command(...args: string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'ogplus-chaos-'));
  try {
    mkdirSync(join(folder, 'pictures'));
    const place = { OGPLUS_DATABASE_URL: postgres.url(database), OGPLUS_DATA_DIR: folder };
    // Not synchronously: the bucket and the ways to the database are in this process.
    const ran = await promisify(execFile)(process.execPath, [pathOf('../server/src/main.ts'), ...args], {
      env: { ...process.env, ...env, ...place },
    });
    return ran.stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}
