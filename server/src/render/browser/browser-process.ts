import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { browserFlags } from './browser-flags.ts';
import { type CdpTransport, pipeTransport } from './cdp-transport.ts';
import type { Confinement } from './confinement.ts';

/** How a browser ended. */
export interface Ending {
  /** Why it ended by itself, in short; undefined where it was killed. */
  readonly refusal: string | undefined;
}

export interface BrowserProcess {
  readonly transport: CdpTransport;
  readonly pid: number;
  /** Resolves when the process has ended and its profile folder is gone. */
  readonly ended: Promise<Ending>;
  /** Ends it at once, with all its children. */
  kill(): void;
}

export interface ProcessOptions extends Confinement {
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly fontconfig?: string | undefined;
  readonly ownFonts?: string | undefined;
  readonly proxyServer: string | undefined;
}

const prefix = 'ogplus-browser-';

// No core dumps, which hold what pages held. As many files as a busy browser opens many times over (it shares its memory
// through them). Where its user is the browser's alone, half as many processes and threads again as browser-watch.ts lets
// it have, so that a page cannot be faster than its looks; dash and bash name that limit differently. Memory is watched
// instead: V8 reserves addresses in terabytes, so that a limit of address space ends it at once.
const limits = 'ulimit -c 0; ulimit -n 8192 2>/dev/null';
const tasks = 1500;
const userLimits = `{ ulimit -u ${tasks} || ulimit -p ${tasks}; } 2>/dev/null`;

// The shell outlives us: when we are killed, the pipes close, Chromium ends, and the profile goes with it. One that does
// not end (stopped, or held by a page) is ended by who reads from the third pipe, which nothing is ever written to.
// `nice`: fresh cards stay fast while pages are drawn.
const wrapper = [
  'profile=$1; shift',
  '{ read -r _ <&5; sleep 3; kill -9 0; } 3<&- 4>&- & watcher=$!',
  'nice -n 5 "$@" 5<&-; code=$?',
  'rm -rf "$profile"; kill $watcher 2>/dev/null; exit $code',
].join('\n');

/** Starts Chromium with a profile folder of its own. */
export function startProcess(options: ProcessOptions): BrowserProcess {
  const { path, environment, fontconfig, ownFonts, proxyServer, sandboxed, user } = options;
  sweepProfiles();
  const profile = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  const flags = browserFlags({ profile, sandbox: sandboxed, proxyServer, sharedMemory: hasSharedMemory() });
  const fonts = fontconfig === undefined ? {} : { FONTCONFIG_FILE: join(profile, 'fonts.conf') };
  if (fontconfig !== undefined) writeFileSync(join(profile, 'fonts.conf'), fontconfig);
  // Copied: another user could not read them where they are.
  if (ownFonts !== undefined && existsSync(ownFonts)) {
    cpSync(ownFonts, join(profile, '.fonts'), { recursive: true, dereference: true });
  }
  if (user !== undefined) giveTo(user, profile);
  const script = [limits, ...(user === undefined ? [] : [userLimits]), wrapper].join('\n');
  const child = spawn('/bin/sh', ['-c', script, 'ogplus-browser', profile, path, ...flags], {
    ...(user === undefined ? {} : { uid: user, gid: user }),
    cwd: profile, // not ours, which another user may not be able to enter
    detached: true, // a process group of its own: killed as one, and not by a Ctrl-C meant for us
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    // Nothing of ours: pages are hostile, and our environment holds secrets. What it leaves behind goes with its profile.
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: profile,
      TMPDIR: profile,
      LANG: 'en_US.UTF-8',
      TZ: 'UTC',
      ...fonts,
      ...environment,
    },
  });
  const removeProfile = () => rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  const kill = () => killGroup(child);
  // The wrapper ends with the group, so its `rm` is ours to do.
  const endWithUs = () => {
    kill();
    removeProfile();
  };
  process.once('exit', endWithUs);

  const { promise: ended, resolve } = Promise.withResolvers<Ending>();
  const end = (refusal: string | undefined) => {
    process.off('exit', endWithUs);
    const removed = rm(profile, { recursive: true, force: true, maxRetries: 3 });
    removed.catch(() => {}).then(() => resolve({ refusal })); // what is left is swept by the next start
  };
  child.once('exit', (code) => {
    signalGroup(child); // where the shell alone was killed, Chromium would go on, with nobody to end it
    end(refusalOf(code));
  });
  child.once('error', (error: NodeJS.ErrnoException) => end(isForbidden(error) ? error.message : undefined));

  const [, , , input, output, life] = child.stdio as readonly unknown[] as readonly [
    null,
    null,
    null,
    Writable,
    Readable,
    Writable,
  ];
  life.on('error', () => {}); // it ended
  const transport = pipeTransport(input, output);
  return { transport, pid: child.pid ?? 0, ended, kill };
}

/** What a shell says of a program that was killed from outside, by us or for its memory: SIGKILL, SIGTERM. */
const killed = [128 + 9, 128 + 15];

function refusalOf(code: number | null): string | undefined {
  return code === null || killed.includes(code) ? undefined : `it ended with ${code} as it started`;
}

/** Whether the user may not be taken, or the shell not be run; anything else (too many processes, say) may pass. */
function isForbidden({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EPERM' || code === 'EACCES';
}

// A page shares its tiles and pictures with the browser: 12 MB for a picture, several of them at once for each page.
// Containers often have 64 MB there, which one large page fills; Chromium then crashes.
const enoughSharedMemory = 1e9;

function hasSharedMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize >= enoughSharedMemory;
  } catch {
    return false; // there is none
  }
}

function giveTo(user: number, folder: string): void {
  for (const path of ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })])
    chownSync(join(folder, path), user, user);
}

function killGroup(child: ChildProcess): void {
  // Its number may be another's by now.
  if (child.exitCode === null && child.signalCode === null) signalGroup(child);
}

function signalGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // it ended in this moment
  }
}

/** Profile folders whose process is gone: a machine that lost power leaves them. Other users' folders stay theirs. */
function sweepProfiles(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number(/^\d+/.exec(name.slice(prefix.length))?.[0]) : Number.NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // another user's, whose own service sweeps it: no reason for ours not to start
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
