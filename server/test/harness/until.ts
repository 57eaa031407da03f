import { setTimeout as pause } from 'node:timers/promises';

// Work that takes longer than this on the slowest machine does not end at all.
const giveUpMs = 180_000;

/** Waits for what other work brings about. Rejects where it never does. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + giveUpMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`It never came about: ${what}.`);
    await pause(20);
  }
}
