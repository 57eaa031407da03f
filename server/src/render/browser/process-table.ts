import { readdirSync, readFileSync } from 'node:fs';

/** What one process of a browser takes, now. */
export interface ProcessUse {
  readonly pid: number;
  /** What goes when the process goes: the program and the files that it maps are others' too. */
  readonly bytes: number;
  /** With it as the first. */
  readonly threads: number;
  /** Stopped by a signal, which no part of a browser ever is of its own will. */
  readonly isStopped: boolean;
}

// Of the processes that are known, one in so many is read again at each look: kept cards wait for a look, and a process id
// is not given again within two seconds.
const shares = 8;

/**
 * The processes of browsers, read from `/proc`: the browser is not asked, which a page can keep from answering. They are
 * known by their session, which a browser's first process begins and all others inherit, whoever their parent is by now.
 */
export class ProcessTable {
  /** The session of each process that was seen. */
  #sessions = new Map<string, number>();
  #looks = 0;

  /** Those of each of these sessions; none of a browser that is gone. */
  look(sessions: ReadonlySet<number>): Map<number, ProcessUse[]> {
    const share = this.#looks++ % shares;
    const seen = new Map<string, number>();
    const found = new Map<number, ProcessUse[]>();
    for (const name of readdirSync('/proc')) {
      if (!isNumber(name)) continue;
      const known = Number(name) % shares === share ? undefined : this.#sessions.get(name);
      const session = known ?? sessionOf(name);
      seen.set(name, session);
      const use = sessions.has(session) ? useOf(name) : undefined;
      if (use !== undefined) found.set(session, [...(found.get(session) ?? []), use]);
    }
    this.#sessions = seen;
    return found;
  }
}

/** Whether it draws pages. */
export function isPageProcess(pid: number): boolean {
  return textOf(`/proc/${pid}/cmdline`).includes('--type=renderer');
}

function isNumber(name: string): boolean {
  const first = name.charCodeAt(0);
  return first >= 48 && first <= 57;
}

/** Behind the name, which may hold anything: state, parent, group, session (proc_pid_stat(5)). */
function sessionOf(pid: string): number {
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
    bytes: kilobytes.reduce((sum, one) => sum + one, 0) * 1024,
    threads: Number(/^Threads:\s+(\d+)/m.exec(status)?.[1] ?? 1),
    isStopped: /^State:\s+T /m.test(status),
  };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // it ended in this moment
  }
}
