import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Resource use of one process of a browser. */
export interface ProcessUse {
  readonly pid: number;
  readonly parent: number;
  /** Memory that is freed with the process: mapped programs and files are shared. */
  readonly bytes: number;
  /** Including the main thread. */
  readonly threads: number;
  /** Stopped by a signal, which a browser's processes never are on their own. */
  readonly isStopped: boolean;
  /** It ended, and its parent has not heard of it yet. */
  readonly isDead: boolean;
}

// Known processes are read again in turns, one in this many per check: kept cards wait for a check, and process ids are not
// reused within two seconds.
const shares = 8;
// Some half a millisecond of a core. A page with many iframes has hundreds of processes.
const readsInATurn = 16;

/**
 * The processes of browsers, read from `/proc` without asking the browser, which a page can block. They are found by their
 * session, which a browser's first process starts and all others inherit, whoever their parent is.
 */
export class ProcessTable {
  /** The session of each known process. */
  #sessions = new Map<string, number>();
  #looks = 0;

  /** The processes of each of these sessions; none for a browser that exited. Cards are sent meanwhile. */
  async look(sessions: ReadonlySet<number>): Promise<Map<number, ProcessUse[]>> {
    const share = this.#looks++ % shares;
    let reads = 0;
    const seen = new Map<string, number>();
    const found = new Map<number, ProcessUse[]>();
    for (const name of readdirSync('/proc')) {
      if (!isNumber(name)) continue;
      const known = Number(name) % shares === share ? undefined : this.#sessions.get(name);
      const session = known ?? sessionOf(name);
      seen.set(name, session);
      const isBrowsers = sessions.has(session);
      reads += Number(known === undefined) + Number(isBrowsers);
      const use = isBrowsers ? useOf(name) : undefined;
      if (use !== undefined) found.set(session, [...(found.get(session) ?? []), use]);
      if (reads < readsInATurn) continue;
      reads = 0;
      await nextTurn();
    }
    this.#sessions = seen;
    return found;
  }
}

/** Whether it is a renderer process. */
export function isPageProcess(pid: number): boolean {
  return commandOf(pid).includes('--type=renderer');
}

/** Empty if it exited. */
export function commandOf(pid: number): string {
  return textOf(`/proc/${pid}/cmdline`);
}

function isNumber(name: string): boolean {
  const first = name.charCodeAt(0);
  return first >= 48 && first <= 57;
}

/**
 * The session of a process, 0 if it exited.
 *
 * After the name, which may contain anything: state, parent, group, session (proc_pid_stat(5)).
 * @param pid or `self`.
 */
export function sessionOf(pid: string): number {
  const stat = textOf(`/proc/${pid}/stat`);
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ', 4)[3] ?? 0);
}

function useOf(pid: string): ProcessUse | undefined {
  const status = textOf(`/proc/${pid}/status`);
  if (status === '') return undefined;
  const kilobytes = [...status.matchAll(/^(?:RssAnon|RssShmem|VmSwap):\s+(\d+) kB/gm)].map(([, number]) =>
    Number(number),
  );
  return {
    pid: Number(pid),
    parent: Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0),
    bytes: kilobytes.reduce((sum, one) => sum + one, 0) * 1024,
    threads: Number(/^Threads:\s+(\d+)/m.exec(status)?.[1] ?? 1),
    isStopped: /^State:\s+T /m.test(status),
    isDead: /^State:\s+[ZX] /m.test(status),
  };
}

/** Empty if its process exited. */
export function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // it just exited
  }
}
