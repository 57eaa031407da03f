// `npm run bench:nodes`: what a request costs on Postgres and S3 beside SQLite and files, what it asks of the database, and how
// cards a second grow with nodes; Postgres and S3 server on loopback. `npm run bench:nodes -- purges` measures this part only.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, loadavg } from 'node:os';
import { benchCosts, benchPurges } from './nodes/costs.ts';
import { benchGrowth, benchOneCard, type CountingOrigin } from './nodes/growth.ts';
import { benchStatements } from './nodes/statements.ts';
import { pathOf, startUntil } from './processes.ts';
import { type Row, table } from './statistics.ts';

const parts = ['costs', 'purges', 'one', 'growth', 'statements'] as const;
const wanted = process.argv.slice(2);
const unknown = wanted.filter((part) => !parts.some((one) => one === part));
if (unknown.length > 0) throw new Error(`There is no part ${unknown.join()}: ${parts.join(', ')}.`);
const isWanted = (part: (typeof parts)[number]) => wanted.length === 0 || wanted.includes(part);
const load = () => loadavg()[0]?.toFixed(1);

const before = load();
const rows: Row[] = [];
{
  await using origin = await startUntil(process.execPath, [pathOf('origin.ts')], {}, /^(\d+)\n/);
  const site = `http://127.0.0.1:${origin.match[1]}`;
  if (isWanted('costs')) rows.push(...(await benchCosts(site)));
  if (isWanted('purges')) rows.push(...(await benchPurges(site)));
  if (isWanted('growth')) rows.push(...(await benchGrowth(site)));
}
if (isWanted('one')) {
  await using counted = await countingOrigin();
  rows.push(...(await benchOneCard(counted)));
}
const [cpu] = cpus();
console.log(
  `${cpu?.model ?? 'CPU'} × ${cpus().length}, Node ${process.version}, load ${before} before and ${load()} after`,
);
console.log('Median (8 of 10 lie between)\n');
if (rows.length > 0) console.log(table(rows, ['what', 'Postgres and S3', 'beside it', 'ratio', 'aim']));
if (isWanted('statements')) console.log(`\n${(await benchStatements()).join('\n')}`);
process.exit(0);

async function countingOrigin(): Promise<CountingOrigin & AsyncDisposable> {
  let fetches = 0;
  const server = createServer((_, res) => {
    fetches++;
    res.writeHead(200, { 'Content-Type': 'text/html', 'Cache-Control': 'max-age=600' });
    res.end('<!doctype html><title>One</title><h1>One card</h1>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fetches: () => fetches,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
