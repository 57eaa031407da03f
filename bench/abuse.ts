// `npm run bench:abuse [minutes]`: websites are abused in every way at once; what does a quiet one notice, what does
// the machine, and what is left afterwards? Ends with 1 where something does not hold. Linux; see docs/abuse.md.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { attack, type Tally } from './abuse/attacks.ts';
import { Client } from './abuse/client.ts';
import { type Observed, observe } from './abuse/observer.ts';
import { pathOf, startUntil } from './processes.ts';
import { megabytesBelow, most, type Usage, usageOf } from './usage.ts';
import { addWebsites } from './websites.ts';

const minutes = Number(process.argv[2] ?? 10);
if (!(minutes > 0)) throw new Error('npm run bench:abuse [minutes], 10 without a number');

const diskBudgetMB = 50;
const memoryCacheMB = 32;
const browserMemoryMB = 1000;
const perMinute = 240;
const data = mkdtempSync(join(tmpdir(), 'ogplus-abuse-'));

/** What the service takes of the machine; `disk` is the whole data folder, MB. */
interface Taken extends Usage {
  readonly disk: number;
}

/** What must hold, and whether it did. */
const verdicts: Array<readonly [promise: string, holds: boolean]> = [];

try {
  await using quiet = await startUntil(process.execPath, [pathOf('./abuse/origin.ts')], {}, /^(\d+)\n/);
  await using abused = await startUntil(process.execPath, [pathOf('./abuse/origin.ts')], {}, /^(\d+)\n/);
  const ofAbused = ['127.0.0.1', '127.0.0.2', '127.0.0.3'].map((host) => `http://${host}:${abused.match[1]}`);
  const made = await addWebsites(data, [`http://127.0.0.1:${quiet.match[1]}`, ...ofAbused]);
  const connected = made.map(({ connection }) => `${connection}.localhost`);
  const [quietHost = '', flooded = '', endless = '', hostile = ''] = connected;
  const hosts = { flooded, endless, hostile };
  await using running = await startUntil(
    process.execPath,
    [pathOf('../server/src/main.ts'), 'serve'],
    env(),
    /ready at (\S+)/,
  );
  const service = running.match[1] ?? '';
  const pid = running.child.pid ?? 0;
  const usage = (): Taken => ({ ...usageOf(pid), disk: megabytesBelow(data) });

  await warm(service, connected);
  console.log(`${minutes} minutes; load of the machine before ${loadavg()[0]?.toFixed(2)}`);
  const calm = await during(20, (signal) => observe(service, quietHost, signal, 'before'));
  const before = usage();

  const seen: Taken[] = [];
  const watching = setInterval(() => seen.push(usage()), 2000);
  const loads: number[] = [];
  const loading = setInterval(() => loads.push(loadavg()[0] ?? 0), 10_000);
  const [tally, observed] = await during(minutes * 60, (signal) =>
    Promise.all([attack({ service, hosts, signal }), observe(service, quietHost, signal, 'during')]),
  );
  clearInterval(watching);
  clearInterval(loading);

  // The longest that anything goes on: a drawing that hangs, a picture that nobody takes, and the sweep behind them.
  const settling = await during(60, (signal) => observe(service, quietHost, signal, 'settling'));
  const afterwards = await during(20, (signal) => observe(service, quietHost, signal, 'after'));
  const after = usage();

  const peak = most(seen);
  verdict('every fresh card of the quiet website was answered', countOf(observed, 'fresh') === 0);
  verdict('every cold card of the quiet website was drawn', countOf(observed, 'cold') === 0);
  verdict('it was so while the service settled, too', settling.failed.size === 0);
  verdict(
    `each browser stayed within ${browserMemoryMB} MB, and half as much again for moments`,
    peak.largest <= browserMemoryMB * 1.5,
  );
  verdict('the service stayed within 500 MB', peak.service <= 500);
  verdict(
    `the disk stayed within its ${diskBudgetMB} MB and what is drawn between two sweeps`,
    peak.disk <= diskBudgetMB + betweenSweepsMB(),
  );
  verdict('no handle was left', after.handles <= before.handles + 10);
  verdict('no process was left', after.processes <= before.processes + 2);
  verdict(
    'fresh cards are as fast as before, within twice',
    quantile(afterwards.fresh, 0.5) <= 2 * quantile(calm.fresh, 0.5) + 1,
  );

  const [cpu] = cpus();
  console.log(
    `${cpu?.model} × ${cpus().length}, Node ${process.version}; load during ${Math.max(...loads, 0).toFixed(1)} at most\n`,
  );
  printCards({ before: calm, during: observed, 'the minute after': settling, afterwards });
  printUsage({ before, 'at most': peak, afterwards: after });
  printTally(tally);
  for (const [promise, holds] of verdicts) console.log(`${holds ? '✓' : '✗'} ${promise}`);
  if (observed.failed.size > 0) console.log(Object.fromEntries(observed.failed));
  process.exitCode = verdicts.every(([, holds]) => holds) ? 0 : 1;
} finally {
  rmSync(data, { recursive: true, force: true });
}

function env(): Record<string, string> {
  return {
    OGPLUS_DATA_DIR: data,
    OGPLUS_PORT: '0',
    OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8',
    OGPLUS_LOG_LEVEL: 'error',
    OGPLUS_DISK_BUDGET_MB: String(diskBudgetMB),
    OGPLUS_MEMORY_CACHE_MB: String(memoryCacheMB),
    OGPLUS_BROWSER_MEMORY_MB: String(browserMemoryMB),
    OGPLUS_RENDERERS: '2',
    OGPLUS_WEBSITE_RENDERS_PER_MINUTE: String(perMinute),
    OGPLUS_CLIENT_RENDERS_PER_MINUTE: String(perMinute / 2),
  };
}

/** Draws what is kept later, and enough that the browsers and the service have taken what they take at rest. */
async function warm(service: string, hosts: readonly string[]): Promise<void> {
  const clients = hosts.map((host, n) => new Client(service, host, `127.0.3.${n + 2}`));
  const [quiet, other] = clients;
  for (let n = 0; n < 5; n++) await quiet?.ask(`/kept-${n}`);
  for (let n = 0; n < 50; n++) await quiet?.ask(`/warm-${n}`);
  await other?.ask('/noise/kept');
  // Two at once, so that both renderers hold pages of as many websites as they keep.
  for (const client of clients) await Promise.all([client.ask('/warm-one'), client.ask('/warm-two')]);
  for (const client of clients) client.end();
}

async function during<T>(seconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const over = new AbortController();
  const result = work(over.signal);
  await Promise.race([pause(seconds * 1000), result]);
  over.abort();
  return result;
}

/** What a flood adds between two sweeps, every five minutes, and while a picture is too young to be swept: some 60 kB a card. */
function betweenSweepsMB(): number {
  return Math.min(minutes, 10) * perMinute * 0.06;
}

function verdict(promise: string, holds: boolean): void {
  verdicts.push([promise, holds]);
}

function countOf({ failed }: Observed, kind: string): number {
  return [...failed].filter(([what]) => what.startsWith(kind)).reduce((sum, [, count]) => sum + count, 0);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function printCards(rounds: Readonly<Record<string, Observed>>): void {
  console.log(
    '| the quiet website | fresh cards | p50 (ms) | p99 (ms) | cold cards drawn | p50 (ms) | p99 (ms) | not answered |',
  );
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const [when, { fresh, cold, failed }] of Object.entries(rounds)) {
    const cells = [fresh.length, ms(quantile(fresh, 0.5)), ms(quantile(fresh, 0.99)), cold.length];
    const rest = [ms(quantile(cold, 0.5)), ms(quantile(cold, 0.99)), [...failed.values()].reduce((a, b) => a + b, 0)];
    console.log(`| ${[when, ...cells, ...rest].join(' | ')} |`);
  }
  console.log();
}

function ms(value: number): string {
  return value.toFixed(value < 100 ? 1 : 0);
}

function printUsage(rounds: Readonly<Record<string, Taken>>): void {
  console.log(
    '| the machine | service (MB) | browsers (MB) | the largest alone (MB) | processes | handles of the service | data folder (MB) |',
  );
  console.log('| --- | --- | --- | --- | --- | --- | --- |');
  for (const [when, { service, browser, largest, processes, handles, disk }] of Object.entries(rounds)) {
    console.log(
      `| ${[when, service.toFixed(0), browser.toFixed(0), largest.toFixed(0), processes, handles, disk.toFixed(0)].join(' | ')} |`,
    );
  }
  console.log();
}

function printTally(tally: Tally): void {
  console.log('| what was tried | times |');
  console.log('| --- | --- |');
  for (const [what, count] of [...tally].sort()) console.log(`| ${what} | ${count} |`);
  console.log();
}
