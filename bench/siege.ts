// `npm run siege [minutes] [seed]`: hostile pages, accounts, connections and faults of the machine in random order against a
// running service with three quiet websites. Ends with 1 where a promise does not hold. Linux; see docs/siege.md.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PublicKey } from '../server/src/model/website.ts';
import { apiKeyOf, secretKeyOf } from '../server/src/websites/keys.ts';
import { masterKey } from '../server/src/websites/master-key.ts';
import { startCanary } from '../server/test/origin/canary.ts';
import { startNameServer } from '../server/test/origin/name-server.ts';
import { Client } from './abuse/client.ts';
import { pathOf, startUntil } from './processes.ts';
import { type AttackTarget, askForPages, holdConnections, misuseAccount } from './siege/attacks.ts';
import { browsersOf } from './siege/browsers.ts';
import { type FaultTarget, faults } from './siege/faults.ts';
import { hostilePages } from './siege/hostile-pages.ts';
import { MemoryRecord } from './siege/memory.ts';
import { keptPaths, quantile, type Seen, visit, type Website } from './siege/quiet.ts';
import { Random } from './siege/random.ts';
import { startService } from './siege/service.ts';
import { usageOf } from './usage.ts';
import { addWebsites } from './websites.ts';

const minutes = Number(process.argv[2] ?? 3);
const seed = Number(process.argv[3] ?? Math.floor(Math.random() * 1e9));
if (!(minutes > 0) || !Number.isInteger(seed)) throw new Error('npm run siege [minutes] [seed], 3 without a number');

const browserMemoryMB = 1500;
const diskMB = 200;
const lanes = 2;
const settleSeconds = 30;
const isRoot = process.getuid?.() === 0;
const nameServer = { address: '127.53.53.54', port: 53 };

const folder = mkdtempSync(join(tmpdir(), 'ogplus-siege-'));
const data = join(folder, 'data');
const disk = mountDisk();
/** What must hold, and whether it did. */
const verdicts: Array<readonly [promise: string, holds: boolean, found: string]> = [];
const tally = new Map<string, number>();
const count = (what: string) => void tally.set(what, (tally.get(what) ?? 0) + 1);

try {
  await using canary = await startCanary(['127.0.0.1']);
  await using names = isRoot ? await startNameServer(() => ({ addresses: ['127.0.0.1'] }), nameServer) : undefined;
  const origin = (...args: string[]) =>
    startUntil(process.execPath, [pathOf('./siege/origin.ts'), ...args], {}, /^(\d+)\n/);
  await using quiet = await origin();
  await using hostile = await origin(`http://127.0.0.1:${canary.port}/`);
  const origins = [1, 2, 3].map((n) => `http://127.0.1.${n}:${quiet.match[1]}`);
  const made = await addWebsites(data, [
    ...origins,
    ...[11, 12, 13].map((n) => `http://127.0.1.${n}:${hostile.match[1]}`),
  ]);
  const hosts = made.map(({ connection }) => `${connection}.localhost`);
  const websites = hosts.slice(0, 3).map((host): Website => ({ host, etags: new Map() }));

  const resolvConf = join(folder, 'resolv.conf');
  writeFileSync(resolvConf, `nameserver ${nameServer.address}\n`);
  await using service = await startService(
    {
      OGPLUS_DATA_DIR: data,
      OGPLUS_PORT: '0',
      OGPLUS_ALLOW_NETWORKS: '127.0.1.0/24',
      OGPLUS_LOG_LEVEL: 'info',
      OGPLUS_BROWSER_MEMORY_MB: String(browserMemoryMB),
      OGPLUS_RENDERERS: '2',
    },
    isRoot ? resolvConf : undefined,
  );
  await warm(service.address, websites);
  const [first = { msg: '' }] = service.log.filter(({ msg }) => msg === 'the browser is up');
  console.log(`seed ${seed}, ${minutes} minutes; load of the machine before ${loadavg()[0]?.toFixed(1)}`);
  const calm = await during(15, (signal) => visit(service.address, websites, signal));
  const before = { ...usageOf(service.pid), browsers: (await browsersOf(service.pid)).roots.length };

  const random = new Random(seed);
  const [victim = ''] = hosts;
  const target: AttackTarget = {
    service: service.address,
    hosts: hosts.slice(3),
    victim,
    account: await accountOf(service.address, made[3]?.publicKey),
    random,
    count,
  };
  using memory = new MemoryRecord(service.pid, browserMemoryMB * 1e6, first);
  const loads: number[] = [];
  const [, seen] = await during(minutes * 60, (signal) =>
    Promise.all([
      attack(target, { service: service.pid, disk }, signal, loads),
      visit(service.address, websites, signal),
    ]),
  );
  const settled = await settle(service.address, websites, quantile(calm.cold, 0.5));
  const afterwards = await during(10, (signal) => visit(service.address, websites, signal));
  const after = { ...usageOf(service.pid), browsers: (await browsersOf(service.pid)).roots.length };

  const ups = service.log.filter(({ msg }) => msg === 'the browser is up');
  const isWeaker = ups.some(
    ({ sandboxed, user }) => sandboxed !== first.sandboxed || typeof user !== typeof first.user,
  );
  const noise = quantile(seen.noise, 0.99);
  const keptP99 = quantile(seen.kept, 0.99);
  verdict(
    'kept cards answer within 50 ms (p99), beside what a server that does nothing takes',
    keptP99 <= 50 + noise,
    `${ms(keptP99)}, ${ms(noise)}`,
  );
  verdict('every kept card came, and was the picture that it was', countOf(seen, 'kept') === 0, told(seen, 'kept'));
  verdict('every cold card of the quiet websites came', countOf(seen, 'cold') === 0, told(seen, 'cold'));
  const ratio = quantile(seen.cold, 0.5) / quantile(calm.cold, 0.5);
  verdict(
    'half of the cold cards took no more than three times as long as without a siege',
    ratio <= 3,
    ratio.toFixed(1),
  );
  verdict(
    'memory was never more than a tenth above its limit for a second',
    memory.holds,
    `${(memory.largest / 1e6).toFixed(0)} MB at most; above for ${memory.longestAboveMs.toFixed(0)} ms`,
  );
  verdict(
    'no browser was weaker than the first',
    !isWeaker && memory.weaker.size === 0,
    `${ups.length} browsers ${[...memory.weaker].join()}`,
  );
  verdict(
    'the browser asked for no name',
    names === undefined || !names.asked.some((name) => name.endsWith('.siege.example')),
    names === undefined ? 'not root: not looked at' : `${names.asked.length} others`,
  );
  verdict('no byte reached a closed port', canary.heard.length === 0, String(canary.heard.length));
  verdict(
    `all was normal ${settleSeconds} s after`,
    settled !== undefined,
    settled === undefined ? '' : `after ${settled.toFixed(0)} s`,
  );
  verdict('nothing fails afterwards', afterwards.failed.size === 0, told(afterwards, ''));
  verdict(
    'no browser and no handle is left over',
    after.browsers <= 2 && after.handles <= before.handles + 20,
    `${after.browsers} browsers, handles ${before.handles} → ${after.handles}`,
  );
  verdict('no profile folder is left over', profilesOf(service.pid) <= after.browsers, String(profilesOf(service.pid)));

  const [cpu] = cpus();
  console.log(
    `${cpu?.model} × ${cpus().length}, Node ${process.version}; load during ${Math.max(0, ...loads).toFixed(1)} at most\n`,
  );
  print({ before: calm, during: seen, afterwards });
  for (const { page, status, milliseconds, timing } of seen.slow) {
    const renders = service.log.filter((line) => line.page === page && line.timeline !== undefined);
    console.log(`${page}: ${status} after ${ms(milliseconds)} ms; ${timing}`);
    for (const { timeline = [] } of renders) console.log(`  ${timeline.join('; ')}`);
  }
  console.log('| what was tried | times |\n| --- | --- |');
  for (const [what, times] of [...tally].sort()) console.log(`| ${what} | ${times} |`);
  const said = new Map<string, number>();
  for (const { msg } of service.log) said.set(msg, (said.get(msg) ?? 0) + 1);
  console.log('\n| the log said | times |\n| --- | --- |');
  for (const [what, times] of [...said].sort()) console.log(`| ${what} | ${times} |`);
  console.log();
  for (const [promise, holds, found] of verdicts) console.log(`${holds ? '✓' : '✗'} ${promise} (${found})`);
  process.exitCode = verdicts.every(([, holds]) => holds) ? 0 : 1;
} finally {
  if (disk !== undefined) execFileSync('umount', ['--lazy', disk]);
  rmSync(folder, { recursive: true, force: true });
}

/** A small disk for the data folder, so that it can be filled; undefined where this machine does not let us. */
function mountDisk(): string | undefined {
  if (!isRoot) return undefined;
  try {
    execFileSync('mkdir', [data]);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMB}m,mode=700`, 'tmpfs', data]);
    return data;
  } catch {
    return undefined;
  }
}

async function warm(service: string, websites: readonly Website[]): Promise<void> {
  for (const { host, etags } of websites) {
    const client = new Client(service, host, '127.0.3.1');
    for (const path of keptPaths) etags.set(path, (await client.ask(path)).etag);
    await Promise.all(['/warm-0', '/warm-1'].map((path) => client.ask(path)));
    client.end();
  }
}

async function accountOf(service: string, publicKey: PublicKey | undefined): Promise<AttackTarget['account']> {
  if (publicKey === undefined) throw new Error('There is no hostile website.');
  const key = apiKeyOf(publicKey, secretKeyOf(await masterKey({ dataDir: data }), publicKey));
  const response = await fetch(`${service}/api/v1/websites`, { headers: { authorization: `Bearer ${key}` } });
  const found = (await response.json()) as { readonly websites?: ReadonlyArray<{ readonly id: string }> };
  return { key, id: found.websites?.[0]?.id ?? '' };
}

/** Attacks in so many lanes and faults in one, in random order, until the signal. */
async function attack(target: AttackTarget, machine: FaultTarget, signal: AbortSignal, loads: number[]): Promise<void> {
  const { random } = target;
  const attacks: Array<() => Promise<void>> = [
    ...Object.keys(hostilePages).map(
      (kind) => () => askForPages(target, kind, 1 + random.below(4), 5 + random.below(10)),
    ),
    () => holdConnections(target, 'half-open', 'GET / HTTP/1.1\r\nHost: ', 10),
    () => holdConnections(target, 'silent', '', 10),
    () => misuseAccount(target),
  ];
  const lane = async () => {
    while (!signal.aborted) await Promise.race([random.one(attacks)(), aborted(signal)]);
  };
  const strikes = async () => {
    while (!signal.aborted) {
      await pause(5000 + random.below(5000));
      loads.push(loadavg()[0] ?? 0);
      const name = random.one(Object.keys(faults));
      if (signal.aborted || (name.startsWith('disk') && machine.disk === undefined)) continue;
      count(`fault: ${name}`);
      await faults[name]?.(machine, random);
    }
  };
  await Promise.all([...Array.from({ length: lanes }, lane), strikes()]);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Seconds until it was ready, and a cold card of each website took no more than twice what it did; undefined for never. */
async function settle(service: string, websites: readonly Website[], calm: number): Promise<number | undefined> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  for (let n = 0; seconds() < settleSeconds; n++) {
    await pause(500);
    const ready = await fetch(`${service}/readyz`).catch(() => undefined);
    await ready?.arrayBuffer();
    const asked = websites.map(async ({ host }) => {
      const client = new Client(service, host, '127.0.3.5');
      const answer = await client.ask(`/settled-${n}`);
      client.end();
      return answer.status === 200 && answer.milliseconds <= 2 * calm + 100;
    });
    if ((await Promise.all(asked)).every(Boolean) && ready?.status === 200) return seconds();
  }
  return undefined;
}

async function during<T>(seconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const over = new AbortController();
  const result = work(over.signal);
  await Promise.race([pause(seconds * 1000), result]);
  over.abort();
  return result;
}

function profilesOf(pid: number): number {
  return readdirSync(tmpdir()).filter((name) => name.startsWith(`ogplus-browser-${pid}-`)).length;
}

function verdict(promise: string, holds: boolean, found: string): void {
  verdicts.push([promise, holds, found]);
}

function countOf({ failed }: Seen, kind: string): number {
  return [...failed].filter(([what]) => what.startsWith(kind)).reduce((sum, [, times]) => sum + times, 0);
}

function told({ failed }: Seen, kind: string): string {
  const all = [...failed].filter(([what]) => what.startsWith(kind));
  return all.length === 0 ? 'none failed' : all.map(([what, times]) => `${times} × ${what}`).join('; ');
}

function print(rounds: Readonly<Record<string, Seen>>): void {
  console.log(
    '| the quiet websites | kept cards | p50 (ms) | p99 (ms) | most (ms) | nothing p99 (ms) | most (ms) | nothing, within the visitors p99 (ms) | cold cards | p50 (ms) | p99 (ms) | not as they must be |',
  );
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const [when, seen] of Object.entries(rounds)) {
    const { kept, cold, noise, visitors } = seen;
    const cells = [
      kept.length,
      ms(quantile(kept, 0.5)),
      ms(quantile(kept, 0.99)),
      ms(Math.max(...kept)),
      ms(quantile(noise, 0.99)),
      ms(Math.max(...noise)),
      ms(quantile(visitors, 0.99)),
    ];
    console.log(
      `| ${[when, ...cells, cold.length, ms(quantile(cold, 0.5)), ms(quantile(cold, 0.99)), countOf(seen, '')].join(' | ')} |`,
    );
  }
  console.log();
}

function ms(value: number): string {
  return value.toFixed(value < 100 ? 1 : 0);
}
