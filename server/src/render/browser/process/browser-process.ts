import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { type CdpTransport, pipeTransport } from '../cdp/cdp-transport.ts';
import { browserFlags } from './browser-flags.ts';
import type { Confinement } from './confinement.ts';
import type { ControlGroup } from './control-groups.ts';

/** How a browser exited. */
export interface Ending {
  /** Why it exited by itself, in short; undefined if it was killed. */
  readonly refusal: string | undefined;
}

export interface BrowserProcess {
  readonly transport: CdpTransport;
  readonly pid: number;
  /** Resolves when the process has exited and its profile folder is removed. */
  readonly ended: Promise<Ending>;
  /** Kills it with all its children. */
  kill(): void;
}

export interface ProcessOptions extends Confinement {
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly fontconfig?: string | undefined;
  readonly ownFonts?: string | undefined;
  readonly proxyServer: string | undefined;
  /** The kernel's limits for it. */
  readonly controlGroup?: ControlGroup | undefined;
}

const prefix = 'ogplus-browser-';

// No core dumps, which would contain pages. Far more files than a busy browser opens (it shares memory through them). If its
// user runs nothing else, one and a half times the processes and threads that browser-watch.ts allows, so that a page
// cannot outrun its checks; dash and bash name that limit differently. Memory is watched instead: V8 reserves terabytes of
// addresses, so a limit of address space would kill it at once.
const limits = 'ulimit -c 0; ulimit -n 8192 2>/dev/null';
/** Processes and threads that the kernel lets one browser have. */
export const mostTasksOfBrowser = 1500;
const userLimits = `{ ulimit -u ${mostTasksOfBrowser} || ulimit -p ${mostTasksOfBrowser}; } 2>/dev/null`;

// The shell waits for a line on the third pipe: by then it is in its control group, which all that it starts inherits. It
// outlives us: when we are killed, the pipes close, Chromium exits, and the profile is removed. If Chromium does not exit
// (stopped, or blocked by a page), the reader of the third pipe, to which nothing more is written, kills it.
// `nice`: kept cards stay fast while pages are rendered. Not between sessions, where the kernel groups processes by session
// (sched(7), "The autogroup feature"): made nice there too, browsers starve beside other programs that compute.
const wrapper = [
  'profile=$1; shift',
  'read -r _ <&5 || exit',
  '{ read -r _ <&5; sleep 3; kill -9 0; } 3<&- 4>&- & watcher=$!',
  'nice -n 5 "$@" 5<&-; code=$?',
  'rm -rf "$profile"; kill $watcher 2>/dev/null; exit $code',
].join('\n');

/** Starts Chromium with a profile folder of its own. */
export function startProcess(options: ProcessOptions): BrowserProcess {
  const { path, environment, fontconfig, ownFonts, proxyServer, sandboxed, user, controlGroup } = options;
  sweepProfiles();
  const profile = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  const flags = browserFlags({ profile, sandbox: sandboxed, proxyServer, sharedMemory: hasSharedMemory() });
  const fonts = fontconfig === undefined ? {} : { FONTCONFIG_FILE: join(profile, 'fonts.conf') };
  if (fontconfig !== undefined) writeFileSync(join(profile, 'fonts.conf'), fontconfig);
  // Copied: another user could not read them in place.
  if (ownFonts !== undefined && existsSync(ownFonts)) {
    cpSync(ownFonts, join(profile, '.fonts'), { recursive: true, dereference: true });
  }
  if (user !== undefined) giveTo(user, profile);
  const script = [limits, ...(user === undefined ? [] : [userLimits]), wrapper].join('\n');
  const child = spawn('/bin/sh', ['-c', script, 'ogplus-browser', profile, path, ...flags], {
    ...(user === undefined ? {} : { uid: user, gid: user }),
    cwd: profile, // another user may not be able to enter ours
    detached: true, // its own process group: killed as one, and not by a Ctrl-C meant for us
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    // Not our environment: pages are hostile, and it contains secrets. Temporary files are removed with the profile.
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
  const kill = () => {
    killGroup(child);
    controlGroup?.kill();
  };
  // The wrapper dies with the group, so we do its `rm`.
  const endWithUs = () => {
    kill();
    removeProfile();
  };
  process.once('exit', endWithUs);

  const { promise: ended, resolve } = Promise.withResolvers<Ending>();
  const end = (refusal: string | undefined) => {
    process.off('exit', endWithUs);
    const removed = rm(profile, { recursive: true, force: true, maxRetries: 3 });
    removed.catch(() => {}).then(() => resolve({ refusal })); // the next start removes what is left
  };
  child.once('exit', (code) => {
    signalGroup(child); // if only the shell was killed, Chromium would keep running
    controlGroup?.kill();
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
  life.on('error', () => {}); // the process exited
  if (child.pid !== undefined) enter(child.pid, controlGroup, kill);
  life.write('\n');
  const transport = pipeTransport(input, output);
  return { transport, pid: child.pid ?? 0, ended, kill };
}

/** A shell's exit codes for a program killed from outside, by us or for its memory: SIGKILL, SIGTERM. */
const killed = [128 + 9, 128 + 15];

function refusalOf(code: number | null): string | undefined {
  return code === null || killed.includes(code) ? undefined : `it ended with ${code} as it started`;
}

/** Whether changing the user or running the shell is forbidden; other errors (too many processes, for example) may pass. */
function isForbidden({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EPERM' || code === 'EACCES';
}

// A page shares its tiles and pictures with the browser: 12 MB per picture, several of them per page. Containers often have
// 64 MB there, which one large page fills; Chromium then crashes.
const enoughSharedMemory = 1e9;

function hasSharedMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize >= enoughSharedMemory;
  } catch {
    return false; // there is no /dev/shm
  }
}

/** @throws {Error} if the process cannot be limited: it is killed, rather than run with less than the others. */
function enter(pid: number, controlGroup: ControlGroup | undefined, kill: () => void): void {
  try {
    controlGroup?.add(pid);
  } catch (error) {
    kill();
    throw error;
  }
}

function giveTo(user: number, folder: string): void {
  for (const path of ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })])
    chownSync(join(folder, path), user, user);
}

function killGroup(child: ChildProcess): void {
  // After its exit, another process may have its id.
  if (child.exitCode === null && child.signalCode === null) signalGroup(child);
}

function signalGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // it just exited
  }
}

/** Removes profile folders without a process, left by a crash or power loss. Other users' folders are left alone. */
function sweepProfiles(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number(/^\d+/.exec(name.slice(prefix.length))?.[0]) : Number.NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // another user's, which that user's service removes: no reason not to start
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
