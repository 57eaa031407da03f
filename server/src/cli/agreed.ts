import { createInterface } from 'node:readline/promises';
import { CommandError } from './terminal.ts';

/**
 * Asks before something is lost: "Remove …? [y/N]".
 * @param undone what is said where nobody can be asked: "Nothing was removed".
 * @throws {CommandError} without a terminal.
 */
export async function agreed(question: string, undone: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new CommandError(`${undone}: without a terminal there is no confirmation. Add --yes to do it without.`);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
