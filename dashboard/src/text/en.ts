import { judged } from './en/judged.ts';
import { networks } from './en/networks.ts';
import { overview } from './en/overview.ts';
import { page } from './en/page.ts';
import { pages } from './en/pages.ts';
import { preview } from './en/preview.ts';
import { shell } from './en/shell.ts';
import { signIn } from './en/sign-in.ts';
import { time } from './en/time.ts';
import { websites } from './en/websites.ts';

/** Everything that the dashboard says, in English; a sentence that depends on something is a function. */
export const en = {
  ...shell,
  judged,
  networks,
  page,
  preview,
  overview,
  pages,
  time,
  signIn,
  websites,
};
