import { readFile } from 'node:fs/promises';
import { milliseconds } from '../../model/units.ts';
import type { RunningBrowser } from './browser.ts';

export interface Watched {
  readonly browser: RunningBrowser;
  readonly isDrawing: boolean;
  /** Told when most of the memory is taken, and most of that by this browser: another one should take over. */
  readonly onNearLimit: () => void;
}

export interface MemoryLimit {
  /**
   * Bytes that the browsers may take together. Past it the page that takes most is ended, or, where it is no page's that
   * takes most, its browser. Undefined: as many as they will.
   */
  readonly limit: number | undefined;
  /** Those that run now. Nothing is looked at while none draws. */
  readonly browsers: () => readonly Watched[];
  /** Told of each end that it brings about. */
  readonly onEnded: (what: 'page' | 'browser', browser: RunningBrowser, bytes: number) => void;
}

interface Process {
  readonly of: Watched;
  readonly pid: number;
  readonly isPage: boolean;
  readonly bytes: number;
}

const nearLimit = 0.75;
// It answers within a few milliseconds; a browser that does not is found by who waits for its drawings.
const askDeadline = milliseconds(1000);

// A page fills memory by about a gigabyte a second; a look costs a millisecond.
const lookEvery = milliseconds(250);

/** Looks at how much memory the browsers take until the function that it gives is called. On Linux; elsewhere it sees nothing. */
export function watchMemory({ limit, browsers, onEnded }: MemoryLimit): () => void {
  if (limit === undefined) return () => {};
  let isLooking = false;
  const timer = setInterval(async () => {
    const local = browsers().filter(({ browser }) => browser.pid !== null);
    if (isLooking || !local.some(({ isDrawing }) => isDrawing)) return;
    isLooking = true;
    await look(local, limit, onEnded);
    isLooking = false;
  }, lookEvery);
  return () => clearInterval(timer);
}

async function look(watched: readonly Watched[], limit: number, onEnded: MemoryLimit['onEnded']): Promise<void> {
  const processes = (await Promise.all(watched.map(processesOf))).flat();
  const taken = sum(processes);
  const ofBrowser = (one: Watched) => sum(processes.filter(({ of }) => of === one));
  if (taken > limit * nearLimit) watched.toSorted((a, b) => ofBrowser(b) - ofBrowser(a))[0]?.onNearLimit();
  if (taken <= limit) return;
  const largest = processes.toSorted((a, b) => b.bytes - a.bytes)[0];
  if (largest === undefined) return;
  const { browser } = largest.of;
  if (largest.isPage) end(largest.pid);
  else browser.kill();
  onEnded(largest.isPage ? 'page' : 'browser', browser, taken);
}

function sum(processes: readonly Process[]): number {
  return processes.reduce((all, { bytes }) => all + bytes, 0);
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended in this moment
  }
}

async function processesOf(of: Watched): Promise<Process[]> {
  const asked = of.browser.cdp.send('SystemInfo.getProcessInfo', undefined, { deadline: askDeadline });
  const { processInfo } = await asked.catch(() => ({ processInfo: [] })); // it is ending
  const each = async ({ id: pid, type }: { id: number; type: string }) => {
    return { of, pid, isPage: type === 'renderer', bytes: await privateMemory(pid) };
  };
  return Promise.all(processInfo.map(each));
}

/** What goes when the process goes: the program and the files that it maps are others' too. */
async function privateMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''); // it ended in this moment
  const kilobytes = [...status.matchAll(/^Rss(?:Anon|Shmem):\s+(\d+) kB/gm)].map(([, number]) => Number(number));
  return kilobytes.reduce((sum, one) => sum + one, 0) * 1024;
}
