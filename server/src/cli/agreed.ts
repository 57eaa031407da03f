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
    throw new CommandError(
      `${undone}: there is no terminal to ask for confirmation. Add --yes to go ahead without it.`,
    );
  }
  const asking = createInterface({ input, output: errors });
  try {
    return /^y(es)?$/i.test((await asking.question(`${question} [y/N] `)).trim());
  } finally {
    asking.close();
  }
}
