import type { RunningBrowser } from '../browser.ts';
import { isPageProcess, ProcessTable, type ProcessUse } from './process-table.ts';
import { Zygotes } from './zygotes.ts';

/** A browser that runs or starts. */
type WatchedBrowser = Pick<RunningBrowser, 'pid' | 'kill'>;

export interface Watched {
  readonly browser: WatchedBrowser;
  /** Whether a page is rendered in it, or a rendered one is not closed yet. */
  readonly isBusy: boolean;
  /** Called when most of the memory is used, and most of that by this browser: another should replace it. */
  readonly onNearLimit: () => void;
  /** Called when it or one of its processes is killed. */
  readonly onEnded: (why: Ended['why']) => void;
}

export interface WatchOptions {
  /**
   * Memory limit of all browsers together, in bytes. Beyond it the largest page is killed, or, if the largest process is not
   * a page's or that did not help, the largest browser. Undefined: no limit.
   */
  readonly limit: number | undefined;
  readonly browsers: () => readonly Watched[];
  /** Called for each process or browser that it kills. */
  readonly onEnded: (ended: Ended) => void;
}

export interface Ended {
  readonly what: 'page' | 'browser';
  readonly why: 'out of memory' | 'too many threads' | 'stopped by a signal' | 'zygote killed';
  readonly browser: WatchedBrowser;
  /** What all browsers used, in bytes. */
  readonly bytes: number;
}

/**
 * Processes and threads of one browser, beyond which its page is killed. With pages of five websites it has 80; a page with
 * iframes of forty other websites, each in its own process, some 500 more.
 */
export const mostTasks = 1000;

const nearLimit = 0.75;
// A page fills memory by about a gigabyte per second; a check takes a millisecond or two.
const lookEveryMs = 250;
// Nothing is being rendered, but a rendered page may still run: every fourth check is enough.
const looksAtRest = 4;

// This many pages are killed in a row; if that does not help (freeing memory takes a moment), the browser is killed.
const pagesEnded = 2;

interface Process extends ProcessUse {
  readonly of: Watched;
}

export interface BrowserWatch {
  /** What all browsers used at the last check; null where it is unknown. */
  readonly bytes: number | null;
  stop(): void;
}

/** Checks the browsers' processes until it is stopped. On Linux; elsewhere it does nothing. */
export function watchBrowsers(options: WatchOptions): BrowserWatch {
  if (process.platform !== 'linux') return { bytes: null, stop() {} };
  const watch = new Watch(options);
  let ticks = 0;
  let isLooking = false;
  const look = async () => {
    isLooking = true;
    await watch.look();
    isLooking = false;
  };
  const timer = setInterval(() => {
    const isBusy = options.browsers().some((one) => one.isBusy);
    ticks = isBusy ? 0 : ticks + 1;
    if (ticks % looksAtRest === 0 && !isLooking) void look();
  }, lookEveryMs);
  return {
    get bytes() {
      return watch.bytes;
    },
    stop: () => clearInterval(timer),
  };
}

class Watch {
  readonly #options: WatchOptions;
  readonly #table = new ProcessTable();
  /** Processes that were stopped at the last check. */
  #stopped: ReadonlySet<number> = new Set();
  readonly #zygotes = new Zygotes();
  /** Browsers that had lost a zygote at the last check. */
  #withoutZygote: ReadonlySet<number> = new Set();
  /** Consecutive checks that found too much memory in use. */
  #over = 0;
  /** What all browsers used at the last check. */
  bytes = 0;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  async look(): Promise<void> {
    const byPid = new Map(this.#options.browsers().map((one) => [one.browser.pid ?? 0, one]));
    byPid.delete(0);
    if (byPid.size === 0) {
      this.bytes = 0;
      return;
    }
    const found = await this.#table.look(new Set(byPid.keys()));
    const processes = [...byPid].flatMap(([pid, of]) => (found.get(pid) ?? []).map((use): Process => ({ ...use, of })));
    const bytes = sum(processes, 'bytes');
    this.bytes = bytes;
    this.#endStopped(processes, bytes);
    this.#endWithoutZygote(byPid, this.#zygotes.lost(found), bytes);
    for (const of of byPid.values()) this.#endThreads(processesOf(of, processes), bytes);
    this.#endMemory([...byPid.values()], processes, bytes);
  }

  /** Twice in a row: a shell stops for a moment while it starts a program. */
  #endStopped(processes: readonly Process[], bytes: number): void {
    const stopped = processes.filter(({ isStopped }) => isStopped);
    for (const one of stopped) if (this.#stopped.has(one.pid)) this.#end(one, 'stopped by a signal', bytes);
    this.#stopped = new Set(stopped.map(({ pid }) => pid));
  }

  /** Twice in a row: one that exits may lose them a moment before. */
  #endWithoutZygote(byPid: ReadonlyMap<number, Watched>, lost: ReadonlySet<number>, bytes: number): void {
    for (const [pid, of] of byPid)
      if (lost.has(pid) && this.#withoutZygote.has(pid)) this.#endBrowser(of, 'zygote killed', bytes);
    this.#withoutZygote = lost;
  }

  #endThreads(processes: readonly Process[], bytes: number): void {
    const [most] = processes.toSorted((a, b) => b.threads - a.threads);
    if (most !== undefined && sum(processes, 'threads') > mostTasks) this.#end(most, 'too many threads', bytes);
  }

  #endMemory(watched: readonly Watched[], processes: readonly Process[], bytes: number): void {
    const { limit } = this.#options;
    if (limit === undefined) return;
    const taken = (one: Watched) => sum(processesOf(one, processes), 'bytes');
    const [largest] = watched.toSorted((a, b) => taken(b) - taken(a));
    if (bytes > limit * nearLimit) largest?.onNearLimit();
    this.#over = bytes > limit ? this.#over + 1 : 0;
    if (this.#over === 0) return;
    const [most] = processes.toSorted((a, b) => b.bytes - a.bytes);
    if (this.#over > pagesEnded && largest !== undefined) this.#endBrowser(largest, 'out of memory', bytes);
    else if (most !== undefined) this.#end(most, 'out of memory', bytes);
  }

  /** Kills the process if it is a page's, otherwise its browser. */
  #end({ pid, of }: Process, why: Ended['why'], bytes: number): void {
    if (!isPageProcess(pid)) {
      this.#endBrowser(of, why, bytes);
      return;
    }
    of.onEnded(why);
    kill(pid);
    this.#options.onEnded({ what: 'page', why, browser: of.browser, bytes });
  }

  #endBrowser({ browser, onEnded }: Watched, why: Ended['why'], bytes: number): void {
    onEnded(why);
    browser.kill();
    this.#options.onEnded({ what: 'browser', why, browser, bytes });
  }
}

function processesOf(of: Watched, processes: readonly Process[]): Process[] {
  return processes.filter((one) => one.of === of);
}

function sum(processes: readonly Process[], what: 'bytes' | 'threads'): number {
  return processes.reduce((all, one) => all + one[what], 0);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it just exited
  }
}
