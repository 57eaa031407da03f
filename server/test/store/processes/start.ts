import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { endWithTests } from '../../harness/child-processes.ts';

export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly errors: string;
}

/** A process that runs a program of this folder; it says `ready` and waits for `go`. */
export interface TestProcess {
  go(): void;
  /** The lines it writes after `ready`. */
  readonly lines: AsyncIterator<string>;
  /** Ends this process alone, as a power switch does. */
  kill(): void;
  readonly end: Promise<End>;
}

export async function startProcess(program: string, ...args: readonly string[]): Promise<TestProcess> {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const child = endWithTests(spawn(process.execPath, [path, ...args], { stdio: ['pipe', 'pipe', 'pipe'] }));
  // Killed while it is written to.
  child.stdin.on('error', () => {});
  const errors = text(child.stderr);
  const end = once(child, 'close').then(
    async ([code, signal]): Promise<End> => ({ code, signal, errors: await errors }),
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done || first.value !== 'ready') throw new Error(`${program} did not start: ${(await end).errors}`);
  return { go: () => child.stdin.end('go\n'), lines, kill: () => child.kill('SIGKILL'), end };
}
