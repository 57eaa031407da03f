import { overview } from './en/overview.ts';
import { pages } from './en/pages.ts';
import { shell } from './en/shell.ts';
import { signIn } from './en/sign-in.ts';
import { time } from './en/time.ts';
import { websites } from './en/websites.ts';

/** Everything that the dashboard says, in English; a sentence that depends on something is a function. */
export const en = {
  ...shell,
  overview,
  pages,
  time,
  signIn,
  websites,
};
