import { judged } from './en/judged.ts';
import { shell } from './en/shell.ts';
import { signIn } from './en/sign-in.ts';
import { websites } from './en/websites.ts';

/** Everything that the dashboard says, in English; a sentence that depends on something is a function. */
export const en = {
  ...shell,
  judged,
  signIn,
  websites,
};
