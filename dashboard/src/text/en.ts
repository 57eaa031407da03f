import { account } from './en/account.ts';
import { auditLog } from './en/audit-log.ts';
import { automation } from './en/automation.ts';
import { builder } from './en/builder.ts';
import { check } from './en/check.ts';
import { fixIt } from './en/fix-it.ts';
import { install } from './en/install.ts';
import { judged } from './en/judged.ts';
import { keys } from './en/keys.ts';
import { members } from './en/members.ts';
import { networks } from './en/networks.ts';
import { newWebsite } from './en/new-website.ts';
import { overview } from './en/overview.ts';
import { page } from './en/page.ts';
import { pages } from './en/pages.ts';
import { parts } from './en/parts.ts';
import { preview } from './en/preview.ts';
import { probe } from './en/probe.ts';
import { service } from './en/service.ts';
import { settings } from './en/settings.ts';
import { sharedPreview } from './en/shared-preview.ts';
import { shell } from './en/shell.ts';
import { signIn } from './en/sign-in.ts';
import { time } from './en/time.ts';
import { warmUp } from './en/warm-up.ts';
import { websites } from './en/websites.ts';

/** Everything that the dashboard says, in English; a sentence that depends on something is a function. */
export const en = {
  ...shell,
  account,
  auditLog,
  automation,
  builder,
  check,
  fixIt,
  install,
  judged,
  keys,
  members,
  networks,
  newWebsite,
  overview,
  page,
  pages,
  parts,
  preview,
  probe,
  service,
  settings,
  sharedPreview,
  signIn,
  time,
  warmUp,
  websites,
};
