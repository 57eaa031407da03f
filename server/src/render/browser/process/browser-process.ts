import { rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { type CdpTransport, pipeTransport } from '../cdp/cdp-transport.ts';
import { type ControlGroupPlace, killControlGroup } from './control-groups.ts';
import { makeProfile } from './profiles.ts';
import { signalGroup } from './signal-group.ts';
import type { BrowserStart } from './spawn-browser.ts';
import type { StartsBrowser } from './started-browser.ts';

/** How a browser exited. */
interface Ending {
  /** Why it exited by itself, in short; undefined if it was killed. */
  readonly refusal: string | undefined;
}

export interface BrowserProcess {
  readonly transport: CdpTransport;
  readonly pid: number;
  /** The user it runs as, if not the service's own. */
  readonly user: number | undefined;
  /** Resolves when the process has exited and its profile folder is removed. */
  readonly ended: Promise<Ending>;
  /** Kills it with all its children. */
  kill(): void;
}

/**
 * Starts Chromium with a profile folder of its own.
 * @throws {StartForbidden | Error} as `start` does.
 */
export async function startProcess(
  start: StartsBrowser,
  options: Omit<BrowserStart, 'profile'>,
): Promise<BrowserProcess> {
  const profile = makeProfile();
  let running: number | undefined;
  const kill = () => killBrowser(running, options.controlGroup);
  // Its shell dies with the group, so we do its `rm`.
  const endWithUs = () => {
    kill();
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once('exit', endWithUs);
  try {
    const started = await start({ ...options, profile });
    const { pid, user } = started;
    running = pid;
    const input = new Socket({ fd: started.input, readable: false, writable: true });
    const output = new Socket({ fd: started.output, readable: true, writable: false });
    const ended = started.ended.then((code): Ending => {
      running = undefined; // another process may have its id
      process.off('exit', endWithUs);
      input.destroy();
      return { refusal: refusalOf(code) };
    });
    return { transport: pipeTransport(input, output), pid, user, ended, kill };
  } catch (error) {
    process.off('exit', endWithUs);
    throw error;
  }
}

function killBrowser(pid: number | undefined, controlGroup: ControlGroupPlace | undefined): void {
  if (pid === undefined) return;
  signalGroup(pid);
  if (controlGroup !== undefined) killControlGroup(controlGroup);
}

/** A shell's exit codes for a program killed from outside, by us or for its memory: SIGKILL, SIGTERM. */
const killed = [128 + 9, 128 + 15];

function refusalOf(code: number | null): string | undefined {
  return code === null || killed.includes(code) ? undefined : `it ended with ${code} as it started`;
}
