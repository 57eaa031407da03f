import { createInterface } from 'node:readline/promises';
import { CommandError, terminal } from './terminal.ts';

/**
 * Asks before something is lost: "Remove …? [y/N]".
 * @param undone what is said where nobody can be asked: "Nothing was removed".
 * @throws {CommandError} without a terminal.
 */
export async function agreed(question: string, undone: string): Promise<boolean> {
  const { input, errors } = terminal();
  if (!input.isTTY) {
    throw new CommandError(`${undone}: without a terminal there is no confirmation. Add --yes to do it without.`);
  }
  const asking = createInterface({ input, output: errors });
  try {
    return /^y(es)?$/i.test((await asking.question(`${question} [y/N] `)).trim());
  } finally {
    asking.close();
  }
}
