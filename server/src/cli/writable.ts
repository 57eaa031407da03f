import { access, constants, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UsageError } from './terminal.ts';

/**
 * Before the work whose result would be lost: whether the file can be written, or made.
 * @param option names it: `--out`.
 * @throws {UsageError}
 */
export async function checkWritable(option: string, file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  const refuse = (why: string): never => {
    throw new UsageError(`${option} ${file}: ${why}.`);
  };
  if (found?.isDirectory()) refuse('is a folder; name a file in it');
  if (found !== undefined) {
    await access(file, constants.W_OK).catch(() => refuse('the file cannot be written'));
    return;
  }
  const folder = dirname(resolve(file));
  const above = await stat(folder).catch(() => refuse(`there is no folder ${folder}`));
  if (!above.isDirectory()) refuse(`${folder} is not a folder`);
  await access(folder, constants.W_OK | constants.X_OK).catch(() => refuse(`${folder} is not writable`));
}
