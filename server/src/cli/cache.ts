import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import type { KeptCard } from '../model/card.ts';
import type { PurgeScope } from '../model/change.ts';
import type { Target } from '../model/website.ts';
import { CommandError, print, printJson, table } from './terminal.ts';
import { pageAt, storeOf, websiteAt } from './websites.ts';

export function addCacheCommands(program: Command, config: () => Config): void {
  const cache = program
    .command('cache')
    .description("kept cards: list a page's, or purge a page, a prefix or a whole website");

  cache
    .command('list <pageUrl>')
    .description("list a page's kept cards")
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  npx ogplus cache list https://example.com/blog/hello')
    .action((pageUrl: string, options: { json?: boolean }) => list(config(), pageUrl, options));

  cache
    .command('rm <pageUrl>')
    .description('purge one page: its next request draws it again')
    .action((pageUrl: string) => rm(config(), pageUrl));

  cache
    .command('purge <origin>')
    .description('purge a whole website, or the pages with a prefix')
    .option('--prefix <path>', 'only pages whose path begins with this, for example /blog/')
    .option('--yes', 'do not ask for confirmation')
    .addHelpText('after', '\nExample:\n  npx ogplus cache purge https://example.com --prefix /blog/ --yes')
    .action((origin: string, options: { prefix?: string; yes?: boolean }) => purge(config(), origin, options));
}

async function list(config: Config, pageUrl: string, { json }: { json?: boolean }): Promise<void> {
  await using store = await storeOf(config);
  const { website, target } = await pageAt(store, pageUrl);
  const cards = await store.cards.ofPage(website.id, target);
  if (json === true) printJson(cards.map(asJson));
  else if (cards.length === 0) print(`No cards of ${pageUrl} are kept.`);
  else print(table([['CONSUMER', 'DRAWN', 'FRESH UNTIL', 'SIZE', 'FORMAT'], ...cards.map(asRow)]));
}

function asJson(card: KeptCard) {
  const { outcome, policy, id } = card;
  const freshUntil = new Date(policy.freshUntil).toISOString();
  if (outcome.kind === 'gone') return { consumer: id.consumer, gone: outcome.status, freshUntil };
  const { type, size, width, height } = outcome.picture;
  return {
    consumer: id.consumer,
    drawn: new Date(outcome.renderedAt).toISOString(),
    freshUntil,
    size,
    format: type,
    width,
    height,
  };
}

function asRow(card: KeptCard): string[] {
  const { outcome, policy, id } = card;
  const time = (at: number) => new Date(at).toISOString().replace('T', ' ').slice(0, 19);
  const freshUntil =
    policy.askAlwaysBy === null && policy.freshUntil > Date.now() ? time(policy.freshUntil) : 'asked each time';
  if (outcome.kind === 'gone') return [id.consumer, `gone (${outcome.status})`, freshUntil, '', ''];
  const { picture, renderedAt } = outcome;
  return [
    id.consumer,
    time(renderedAt),
    freshUntil,
    `${Math.ceil(picture.size / 1000)} kB`,
    picture.type.replace('image/', ''),
  ];
}

async function rm(config: Config, pageUrl: string): Promise<void> {
  await using store = await storeOf(config);
  const { website, target } = await pageAt(store, pageUrl);
  await store.changes.purge(website.id, { kind: 'page', target });
  print(`Purged ${pageUrl}; its next request draws it again.`);
}

async function purge(config: Config, origin: string, options: { prefix?: string; yes?: boolean }): Promise<void> {
  const { prefix, yes } = options;
  if (prefix !== undefined && !prefix.startsWith('/'))
    throw new CommandError('The prefix must begin with a slash: /blog/');
  await using store = await storeOf(config);
  const website = await websiteAt(store, origin);
  const what = prefix === undefined ? `everything of ${website.origin}` : `${website.origin}${prefix}…`;
  if (yes !== true && !(await agreed(what))) {
    print('Nothing was purged.');
    return;
  }
  const scope: PurgeScope = prefix === undefined ? { kind: 'website' } : { kind: 'prefix', prefix: prefix as Target };
  await store.changes.purge(website.id, scope);
  print(`Purged ${what}`);
}

async function agreed(what: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new CommandError(
      'Nothing was purged: without a terminal there is no confirmation. Add --yes to purge without it.',
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`Purge ${what}? [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
