import type { ChildProcess } from 'node:child_process';
import { after } from 'node:test';

const running = new Set<ChildProcess>();

/**
 * Ends a process with this test process at the latest, whether its tests pass or not: one that is left running would keep
 * the test run from ending. Spawned with `detached`, it is ended with all that it started.
 */
export function endWithTests<Child extends ChildProcess>(child: Child): Child {
  running.add(child);
  // Not on `exit`: what it started may still run, and holds its streams open.
  child.once('close', () => running.delete(child));
  return child;
}

/** Kills a process, with all that it started if it was spawned with `detached`, and waits until it is gone. */
export async function endNow(child: ChildProcess): Promise<void> {
  if (!running.has(child)) return;
  const closed = new Promise((resolve) => child.once('close', resolve));
  kill(child);
  await closed;
}

function kill(child: ChildProcess): void {
  child.kill('SIGKILL');
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // it leads no group, or the group is gone
  }
}

function endAll(): void {
  for (const child of running) kill(child);
}
after(endAll);
// Where a test was ended by its timeout.
process.once('exit', endAll);
