import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from '../page.ts';
import type { Frames } from './frames.ts';

const betweenChecks = 500;
// Milliseconds of a core. Few pages compute for so long at once, and those are drawn by the machine's clock all the same.
const mostComputed = 1000;
// On a busy machine a part of it must do, or too little time is left for another drawing.
const longWait = 3000;
const partOfIt = 0.3;

/** A page computes until the time has come for something; but its own clock stands still while it computes. */
export class ClockStuck extends Error {
  constructor() {
    super('The page waits for its clock while it computes.');
    this.name = 'ClockStuck';
  }
}

/**
 * Watches a page under virtual time.
 * @throws {ClockStuck} if it computes for long without a frame.
 */
export async function stuckClock(page: Page, frames: Frames, signal: AbortSignal): Promise<never> {
  let last = frames.done;
  /** What its process had used soon after the last frame; undefined while there are some. */
  let used: number | undefined;
  let since = performance.now();
  for (;;) {
    await pause(betweenChecks, undefined, { signal });
    if (frames.done !== last) {
      last = frames.done;
      used = undefined;
      since = performance.now();
      continue;
    }
    const now = await page.timeUsed();
    used ??= now;
    const share = performance.now() - since > longWait ? partOfIt : 1;
    if (now - used > mostComputed * share) throw new ClockStuck();
  }
}
