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
import { ask, Checker, withoutDatabase } from './chaos/clients.ts';
import { Node } from './chaos/nodes.ts';
import { Pages } from './chaos/pages.ts';
import { pathOf } from './processes.ts';
import { Random } from './siege/random.ts';

const minutes = Number(process.argv[2] ?? 2);
const seed = Number(process.argv[3] ?? Math.floor(Math.random() * 1e9));
if (!(minutes > 0) || !Number.isInteger(seed)) throw new Error('npm run chaos [minutes] [seed], 2 without a number');
const nodeCount = 4;
const lanes = 8;
const random = new Random(seed);
console.log(`${minutes} minutes, seed ${seed}`);

await using parts = new AsyncDisposableStack();
const pages = parts.use(new Pages(24));
const origin = await pages.listen();
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
  OGPLUS_LOG_LEVEL: 'error',
  OGPLUS_WEBSITE_RENDERS_PER_MINUTE: '1000000',
  OGPLUS_CLIENT_RENDERS_PER_MINUTE: '1000000',
  OGPLUS_PATIENCE_MS: '20000',
};
const urlBy = (port: number) => postgres.url(database).replace(`:${postgres.port}/`, `:${port}/`);
const nodes: Node[] = [];
for (let n = 0; n < nodeCount; n++) nodes.push(parts.use(await Node.prepare(postgres.port, urlBy, env)));
for (const node of nodes) await node.start();
console.log(`nodes: ${nodes.map(({ address }) => address).join(' ')}`);
const site = await makeWebsite();
console.log(`website ${site.connection}`);
const checker = new Checker(pages);

const askFor = async (page: number, first = random.below(nodeCount)): Promise<void> => {
  const began = performance.now();
  try {
    const answer = await ask(nodes, first, { path: `/${page}`, host: `${site.connection}.localhost` });
    await checker.answered(page, began, answer);
  } catch (error) {
    checker.fault(String(error));
  }
};

/** Returns how long it took; undefined if it was refused, and so did not happen for anybody. */
const purge = async (page: number | undefined, first = random.below(nodeCount)): Promise<number | undefined> => {
  const began = performance.now();
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

/** What befalls nodes, database and bucket, one at a time. */
const strikes: Readonly<Record<string, (node: Node) => Promise<void>>> = {
  'a node is killed': async (node) => {
    await node.end('SIGKILL');
    await pause(random.below(3000));
    await node.start();
  },
  'a node is stopped': async (node) => {
    await node.end('SIGTERM');
    await node.start();
  },
  "a node's clock jumps by an hour": async (node) => {
    await node.end('SIGTERM');
    await node.start(random.one([-3_600_000, 3_600_000]));
  },
  'a node is cut off from the database': async (node) => {
    node.way.hold();
    await pause(500 + random.below(5000));
    node.way.release();
  },
  "a node's connections are closed": async (node) => node.way.cut(),
  'the database is frozen': async () => {
    postgres.freeze();
    await pause(500 + random.below(5000));
    postgres.thaw();
  },
  'the database is restarted': async () => {
    await postgres.stop(random.one(['fast', 'immediate']));
    await postgres.start();
  },
  'the bucket fails': async () => {
    const how = random.one(['unavailable', 'hang', 'cut', 'slow'] as const);
    s3.misbehave = () => how;
    await pause(1000 + random.below(4000));
    s3.misbehave = () => undefined;
  },
};

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
    await pause(1000 + random.below(3000));
    const [what, strike] = random.one(Object.entries(strikes));
    checker.count(`strike: ${what}`);
    await strike(random.one(nodes));
  }),
]);

console.log('settling');
// Nobody restarts anything but what was killed.
for (const node of nodes) if (node.address === undefined) await node.start();
const ready = async (node: Node) => {
  const answer = await ask([node], 0, { path: '/readyz', host: undefined }).catch(() => undefined);
  return answer?.status === 200;
};
const settled = performance.now() + 30_000;
while (!(await Promise.all(nodes.map(ready))).every(Boolean)) {
  if (performance.now() > settled) checker.fault('A node is not ready 30 s after the last strike.');
  if (performance.now() > settled) break;
  await pause(200);
}

console.log('cold cards');
const alone = () => checker.counts.get(withoutDatabase) ?? 0;
const aloneBefore = alone();
const [fetches, renders] = [sum(pages.fetches), await rendersOf()];
if ((await purge(undefined)) === undefined) checker.fault('The last purge was refused.');
for (let page = 0; page < pages.count; page++)
  await Promise.all(Array.from({ length: 40 }, (_, n) => askFor(page, n % nodeCount)));
const cold = { fetches: sum(pages.fetches) - fetches, renders: (await rendersOf()) - renders };
// A node that this machine holds up for longer than its lease is on its own, and draws by itself.
if (alone() > aloneBefore) console.log('A node was without the database meanwhile: cold cards are not judged.');
else if (cold.fetches !== pages.count || cold.renders !== pages.count)
  checker.fault(`${pages.count} cold cards cost ${cold.fetches} fetches and ${cold.renders} renders`);

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

async function makeWebsite(): Promise<{ id: number; connection: string; apiKey: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'ogplus-chaos-'));
  try {
    mkdirSync(join(folder, 'pictures'));
    // Not synchronously: the bucket and the ways to the database are in this process.
    const args = [pathOf('../server/src/main.ts'), 'site', 'create', origin, '--json'];
    const place = { OGPLUS_DATABASE_URL: postgres.url(database), OGPLUS_DATA_DIR: folder };
    const made = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...env, ...place } });
    return JSON.parse(made.stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}
