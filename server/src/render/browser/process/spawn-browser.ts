import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, rmSync, statfsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { browserFlags } from './browser-flags.ts';
import { unusedUser } from './browser-users.ts';
import { type ControlGroupPlace, enterControlGroup, killControlGroup } from './control-groups.ts';
import { openNamedPipes } from './named-pipes.ts';
import { fillProfile, giveProfile, type ProfileContents, sweepProfiles } from './profiles.ts';
import { signalGroup } from './signal-group.ts';

/** How a browser is started. */
export interface BrowserStart extends ProfileContents {
  /** The program. */
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly proxyServer: string | undefined;
  readonly sandboxed: boolean;
  /** Whether it runs as a user that runs nothing else. */
  readonly ownUser: boolean;
  /** Its empty folder, which is removed with it. */
  readonly profile: string;
  /** The kernel's limits for it. */
  readonly controlGroup: ControlGroupPlace | undefined;
}

/** A browser's first process, and the file descriptors of our ends of its pipes. */
export interface SpawnedBrowser {
  readonly pid: number;
  /** The user it runs as, if not the service's own. */
  readonly user: number | undefined;
  readonly input: number;
  readonly output: number;
}

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

/**
 * Starts Chromium in its profile folder. This thread waits until its shell runs: 100 to 200 ms where programs compute on all
 * cores.
 * @param onExit called with the shell's exit code, null after a signal, when its processes are killed and its profile is removed.
 * @throws {Error} if it did not start, or cannot be limited: it is killed, rather than run with less than the others.
 */
export async function spawnBrowser(
  start: BrowserStart,
  onExit: (code: number | null) => void,
): Promise<SpawnedBrowser> {
  const { profile, controlGroup } = start;
  try {
    sweepProfiles();
    const fonts = fillProfile(profile, start);
    const user = start.ownUser ? unusedUser() : undefined;
    const { input, output } = openNamedPipes(profile);
    try {
      if (user !== undefined) giveProfile(profile, user);
      const child = spawnShell(start, user, fonts, [input.browsers, output.browsers]);
      const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
      const { pid = 0 } = child;
      await once(child, 'spawn');
      if (controlGroup !== undefined) enter(pid, controlGroup);
      exited.then(async (code) => {
        signalGroup(pid); // if only the shell was killed, Chromium would keep running
        if (controlGroup !== undefined) killControlGroup(controlGroup);
        await rm(profile, { recursive: true, force: true, maxRetries: 3 }).catch(() => {}); // the next start removes what is left
        onExit(code);
      });
      const life = (child.stdio as readonly unknown[])[5] as Writable;
      life.on('error', () => {}); // the process exited
      life.write('\n');
      return { pid, user, input: input.ours, output: output.ours };
    } catch (error) {
      for (const { ours } of [input, output]) closeSync(ours);
      throw error;
    } finally {
      for (const { browsers } of [input, output]) closeSync(browsers);
    }
  } catch (error) {
    rmSync(profile, { recursive: true, force: true });
    throw error;
  }
}

function spawnShell(
  { path, environment, proxyServer, sandboxed, profile }: BrowserStart,
  user: number | undefined,
  fonts: Readonly<Record<string, string>>,
  pipes: readonly [number, number],
) {
  const flags = browserFlags({ profile, sandbox: sandboxed, proxyServer, sharedMemory: hasSharedMemory() });
  const script = [limits, ...(user === undefined ? [] : [userLimits]), wrapper].join('\n');
  return spawn('/bin/sh', ['-c', script, 'ogplus-browser', profile, path, ...flags], {
    ...(user === undefined ? {} : { uid: user, gid: user }),
    cwd: profile, // another user may not be able to enter ours
    detached: true, // its own process group: killed as one, and not by a Ctrl-C meant for us
    stdio: ['ignore', 'ignore', 'ignore', ...pipes, 'pipe'],
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
}

function enter(pid: number, controlGroup: ControlGroupPlace): void {
  try {
    enterControlGroup(controlGroup, pid);
  } catch (error) {
    signalGroup(pid);
    throw error;
  }
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
