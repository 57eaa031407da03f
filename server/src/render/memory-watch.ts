import { readFile } from 'node:fs/promises';
import { milliseconds } from '../units.ts';
import type { RunningBrowser } from './browser.ts';

export interface MemoryLimit {
  /** Bytes that the browser may take. Past it the page that takes most is ended, or, where it is no page's, the browser. */
  readonly limit: number;
  /** Nothing is looked at while nothing is drawn. */
  readonly isDrawing: () => boolean;
  /** Told when three quarters are taken: another browser should take over, while this one still draws. */
  readonly onNearLimit: () => void;
  /** Told of each end that it brings about. */
  readonly onEnded: (what: 'page' | 'browser', bytes: number) => void;
}

interface Process {
  readonly pid: number;
  readonly isPage: boolean;
  readonly bytes: number;
}

const nearLimit = 0.75;
// It answers within a few milliseconds; a browser that does not is found by who waits for its drawings.
const askDeadline = milliseconds(1000);

// A page fills memory by about a gigabyte a second; a look costs a millisecond.
const lookEvery = milliseconds(250);

/** Looks at how much memory the browser takes until it is gone. On Linux; elsewhere it sees nothing. */
export function watchMemory(browser: RunningBrowser, memory: MemoryLimit): void {
  let isLooking = false;
  const timer = setInterval(async () => {
    if (isLooking || !memory.isDrawing()) return;
    isLooking = true;
    await look(browser, memory);
    isLooking = false;
  }, lookEvery);
  browser.cdp.onClosed(() => clearInterval(timer));
}

async function look(browser: RunningBrowser, { limit, onNearLimit, onEnded }: MemoryLimit): Promise<void> {
  const processes = await processesOf(browser).catch(() => []); // it is ending
  const taken = processes.reduce((sum, { bytes }) => sum + bytes, 0);
  if (taken > limit * nearLimit) onNearLimit();
  if (taken <= limit) return;
  const largest = processes.toSorted((a, b) => b.bytes - a.bytes)[0];
  const isPage = largest?.isPage === true;
  if (isPage) end(largest.pid);
  else browser.kill();
  onEnded(isPage ? 'page' : 'browser', taken);
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended in this moment
  }
}

async function processesOf({ cdp }: RunningBrowser): Promise<Process[]> {
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo', undefined, { deadline: askDeadline });
  return Promise.all(
    processInfo.map(async ({ id, type }) => ({ pid: id, isPage: type === 'renderer', bytes: await privateMemory(id) })),
  );
}

/** What goes when the process goes: the program and the files that it maps are others' too. */
async function privateMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''); // it ended in this moment
  const kilobytes = [...status.matchAll(/^Rss(?:Anon|Shmem):\s+(\d+) kB/gm)].map(([, number]) => Number(number));
  return kilobytes.reduce((sum, one) => sum + one, 0) * 1024;
}
