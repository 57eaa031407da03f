import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { epochMs, seconds } from '../server/src/model/units.ts';
import { openStore } from '../server/src/store/open-store.ts';
import { ensureMasterKey } from '../server/src/websites/master-key.ts';
import { drawn, makeWebsite } from '../server/test/store/contract/samples.ts';
import { cpuOf } from './cpu.ts';
import { pathOf, programNamed, startUntil } from './processes.ts';
import { type Row, show, summarise } from './statistics.ts';

const connections = 32;
const rounds = 5;
const secondsOfLoad = 2;
const dayMs = 86_400_000;

interface Load {
  readonly perSecond: number;
  /** CPU time of the server for each request, in microseconds. */
  readonly cpu: number;
}

/** Something that is asked for the same bytes. */
interface Served extends AsyncDisposable {
  readonly url: string;
  cpuMs(): number;
}

/** A fresh card beside bare `node:http` and nginx that write as many bytes, in CPU time and requests a second. */
export async function benchHits(): Promise<Row[]> {
  const wrk = programNamed('wrk');
  const what = 'CPU time of a fresh card (µs)';
  if (wrk === undefined) return [{ what, ours: 'NOT MEASURED', theirs: 'install wrk', ratio: '', aim: '≤ 1.15' }];
  const rows: Row[] = [];
  for (const kB of [60, 250]) {
    for (const workers of [1, 2]) rows.push(...(await compare(wrk, kB * 1000, workers)));
  }
  return rows;
}

async function compare(wrk: string, bytes: number, workers: number): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ogplus-hits-'));
  try {
    await using service = await startService(folder, bytes, workers);
    await using bare = await startBare(bytes);
    await using nginx = await startNginx(folder, bytes, workers);
    const all = [service, bare, ...(nginx === undefined ? [] : [nginx])].map((served) => ({
      served,
      loads: [] as Load[],
    }));
    for (const { served } of all) load(wrk, served, 1); // warm
    for (let round = 0; round < rounds; round++) {
      for (const { served, loads } of all) loads.push(load(wrk, served, secondsOfLoad));
    }
    const [ours, theirs, its] = all.map(({ loads }) => ({
      cpu: summarise(loads.map(({ cpu }) => cpu)),
      perSecond: summarise(loads.map(({ perSecond }) => perSecond)),
    }));
    if (ours === undefined || theirs === undefined) return [];
    const of = `${bytes / 1000} kB, ${workers === 1 ? 'one process' : `${workers} workers`}`;
    const ratio = (a: { median: number }, b: { median: number }) => (a.median / b.median).toFixed(2);
    const nginxs = its === undefined ? '' : `; nginx ${show(its.cpu, 0)}`;
    const nginxsRate = its === undefined ? '' : `; nginx ${show(its.perSecond, 0)}`;
    return [
      {
        what: `CPU time of a fresh card (µs), ${of}`,
        ours: show(ours.cpu, 1),
        theirs: `node:http ${show(theirs.cpu, 1)}${nginxs}`,
        ratio: ratio(ours.cpu, theirs.cpu),
        aim: '≤ 1.15',
      },
      {
        what: `fresh cards a second, ${of}`,
        ours: show(ours.perSecond, 0),
        theirs: `node:http ${show(theirs.perSecond, 0)}${nginxsRate}`,
        ratio: ratio(ours.perSecond, theirs.perSecond),
        aim: workers === 1 ? '≥ 0.9' : 'more than one process',
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function load(wrk: string, { url, cpuMs }: Served, duration: number): Load {
  const before = cpuMs();
  const { stdout } = spawnSync(wrk, ['-t1', `-c${connections}`, `-d${duration}s`, url], { encoding: 'utf8' });
  if (/Non-2xx/.test(stdout)) throw new Error(`The load got errors:\n${stdout}`);
  const requests = Number(/(\d+) requests in/.exec(stdout)?.[1]);
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]),
    cpu: ((cpuMs() - before) * 1000) / requests,
  };
}

async function startService(folder: string, size: number, workers: number): Promise<Served> {
  const dataDir = join(folder, 'data');
  let path: string;
  {
    await using store = await openStore(dataDir);
    await ensureMasterKey({ dataDir }, store);
    const website = await makeWebsite(store);
    const bytes = randomBytes(size);
    const { card } = drawn(website, '/card', { bytes, receivedAt: epochMs(Date.now()) });
    const policy = { ...card.policy, lifetime: seconds(86_400), freshUntil: epochMs(Date.now() + dayMs), vary: [] };
    await store.cards.keep({ ...card, policy, versionTag: null }, bytes);
    path = `/api/websites/v1/domain/${website.publicKey}/image/card`;
  }
  const env = { OGPLUS_DATA_DIR: dataDir, OGPLUS_PORT: '0', OGPLUS_LOG_LEVEL: 'warn', OGPLUS_WORKERS: String(workers) };
  const program = [pathOf('../server/bin/ogplus.js'), 'serve'];
  const started = await startUntil(process.execPath, program, env, /ready at (\S+)/);
  const { pid = 0 } = started.child;
  return {
    url: `${started.match[1]}${path}`,
    cpuMs: () => cpuOf(pid, 'http-worker'),
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  };
}

async function startBare(size: number): Promise<Served> {
  const started = await startUntil(process.execPath, [pathOf('./bare-http.ts'), String(size)], {}, /^(\d+)\n/);
  const { pid = 0 } = started.child;
  return {
    url: `http://127.0.0.1:${started.match[1]}/`,
    cpuMs: () => cpuOf(pid),
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  };
}

/** A file of as many bytes, with as many workers; undefined where nginx is not installed. */
async function startNginx(folder: string, size: number, workers: number): Promise<Served | undefined> {
  const nginx = programNamed('nginx');
  if (nginx === undefined) return undefined;
  const port = 18_081;
  writeFileSync(join(folder, 'card.png'), randomBytes(size));
  const user = process.getuid?.() === 0 ? 'user root; ' : ''; // its workers must reach the folder
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const config = `${user}daemon off; worker_processes ${workers}; pid ${folder}/pid; error_log stderr;
events { worker_connections 512; }
http { access_log off; sendfile on; keepalive_requests 1000000; open_file_cache max=10; ${places.join(' ')}
  server { listen 127.0.0.1:${port}; root ${folder}; } }`;
  writeFileSync(join(folder, 'nginx.conf'), config);
  const command = `echo up; exec ${nginx} -c ${folder}/nginx.conf`;
  const started = await startUntil('sh', ['-c', command], {}, /up/);
  const { pid = 0 } = started.child;
  for (let tries = 0; tries < 100; tries++) {
    if (
      await fetch(`http://127.0.0.1:${port}/card.png`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url: `http://127.0.0.1:${port}/card.png`,
    cpuMs: () => cpuOf(pid, 'nginx'),
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  };
}
