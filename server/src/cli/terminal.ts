import { AsyncLocalStorage } from 'node:async_hooks';
import type { Readable, Writable } from 'node:stream';

/** Where a command reads and writes, and the code that it ends with. */
export interface Terminal {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable;
  readonly errors: Writable & { readonly isTTY?: boolean };
  /** 0 until something says otherwise. */
  exitCode: number;
}

/** The terminal of this process. */
export const ownTerminal: Terminal = {
  // Opened only where a command reads.
  get input() {
    return process.stdin;
  },
  output: process.stdout,
  errors: process.stderr,
  exitCode: 0,
};
const given = new AsyncLocalStorage<Terminal>();

/** The terminal of the command that is running. */
export const terminal = (): Terminal => given.getStore() ?? ownTerminal;

/** Runs a command at another terminal than that of this process. */
export const withTerminal = <T>(other: Terminal, command: () => Promise<T>): Promise<T> => given.run(other, command);

/** Whether a person watches the progress. */
export const isWatched = (): boolean => terminal().errors.isTTY === true;

/** The command has done its work, and what it found is not good: it ends with 1. */
export function endsBadly(): void {
  terminal().exitCode = 1;
}

/** A failed command: its message is all that a person needs to see. */
export class CommandError extends Error {}

/** A wrong argument: the command was not begun, and exits with 2. */
export class UsageError extends CommandError {}

/** Reads an argument; what it throws is the caller's mistake. */
export function argument<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

// Shorter work needs no progress indicator.
const quietMs = 1000;

/** Shows a spinner when work takes longer than a second and a person watches. */
export async function withSpinner<T>(text: string, work: Promise<T>): Promise<T> {
  if (!isWatched()) return work;
  const { default: yoctoSpinner } = await import('yocto-spinner');
  const spinner = yoctoSpinner({ text, stream: process.stderr });
  const timer = setTimeout(() => spinner.start(), quietMs);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    if (spinner.isSpinning) spinner.stop();
  }
}

export function print(text: string): void {
  terminal().output.write(`${text}\n`);
}

/** For the person at the terminal, not for a program that reads the output. */
export function note(text: string): void {
  terminal().errors.write(`${text}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** `1 card`, `3 cards`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Rows as columns; the first row is the header. */
export function table(rows: ReadonlyArray<readonly string[]>): string {
  const widths = rows.reduce<number[]>((w, row) => row.map((cell, i) => Math.max(w[i] ?? 0, cell.length)), []);
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
