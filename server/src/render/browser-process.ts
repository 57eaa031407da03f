import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { browserFlags } from './browser-flags.ts';
import { type CdpTransport, pipeTransport } from './cdp.ts';

export interface BrowserProcess {
  readonly transport: CdpTransport;
  readonly pid: number;
  /** Resolves when the process has ended and its profile folder is gone. */
  readonly ended: Promise<void>;
  /** Ends it at once, with all its children. */
  kill(): void;
}

export interface ProcessOptions {
  readonly sandbox: boolean;
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly fontconfig?: string | undefined;
  readonly proxyServer: string | undefined;
}

const prefix = 'ogplus-browser-';

// The shell outlives us: when we are killed, the pipe closes, Chromium ends, and the profile goes with it.
// `nice`: fresh cards stay fast while pages are drawn.
const wrapper = 'profile=$1; shift; nice -n 5 "$@"; rm -rf "$profile"';

/** Starts Chromium with a profile folder of its own. */
export function startProcess(options: ProcessOptions): BrowserProcess {
  const { path, environment, fontconfig, proxyServer, sandbox } = options;
  sweepProfiles();
  const profile = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  const flags = browserFlags({ profile, sandbox, proxyServer });
  const fonts = fontconfig === undefined ? {} : { FONTCONFIG_FILE: join(profile, 'fonts.conf') };
  if (fontconfig !== undefined) writeFileSync(join(profile, 'fonts.conf'), fontconfig);
  const child = spawn('/bin/sh', ['-c', wrapper, 'ogplus-browser', profile, path, ...flags], {
    detached: true, // a process group of its own: killed as one, and not by a Ctrl-C meant for us
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    // Nothing of ours: pages are hostile, and our environment holds secrets.
    env: { PATH: process.env['PATH'] ?? '', HOME: profile, LANG: 'en_US.UTF-8', TZ: 'UTC', ...fonts, ...environment },
  });
  const removeProfile = () => rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  const kill = () => killGroup(child);
  // The wrapper ends with the group, so its `rm` is ours to do.
  const endWithUs = () => {
    kill();
    removeProfile();
  };
  process.once('exit', endWithUs);

  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const end = () => {
    process.off('exit', endWithUs);
    removeProfile();
    resolve();
  };
  child.once('exit', end);
  child.once('error', end);

  const [, , , input, output] = child.stdio;
  const transport = pipeTransport(input as Writable, output as Readable);
  return { transport, pid: child.pid ?? 0, ended, kill };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
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
