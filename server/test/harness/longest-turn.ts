import { setTimeout as pause } from 'node:timers/promises';

/**
 * The work of the longest turn of the event loop while something runs, in milliseconds of this thread's processor: nobody
 * is answered during a turn. Work, and not time that passes: a loaded machine does not change it. A few short turns that
 * follow each other within a millisecond count as one.
 */
export async function longestTurn(during: Promise<unknown>): Promise<number> {
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  during.then(over, over);
  let longest = 0;
  let before = process.threadCpuUsage();
  while (!isOver) {
    await pause(1);
    const { user, system } = process.threadCpuUsage(before);
    before = process.threadCpuUsage();
    longest = Math.max(longest, (user + system) / 1000);
  }
  await during;
  return longest;
}
