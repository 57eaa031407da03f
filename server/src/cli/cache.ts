import type { Command } from 'commander';
import type { Config } from '../config.ts';
import type { PurgeScope } from '../model/change.ts';
import type { Target } from '../model/website.ts';
import { parseOrigin, parsePageUrl } from '../websites/parse.ts';
import { agreed } from './agreed.ts';
import type { ListedCard, PurgedCards } from './backend/backend.ts';
import { openBackend, websiteOf } from './backend/open-backend.ts';
import { argument, counted, print, printJson, table, UsageError } from './terminal.ts';

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
  const { origin, target } = argument(() => parsePageUrl(pageUrl));
  await using backend = await openBackend(config);
  const cards = await backend.cards.ofPage(await websiteOf(backend, origin), target);
  if (json === true) printJson(cards.map(asJson));
  else if (cards.length === 0) print(`No cards of ${pageUrl} are kept.`);
  else print(table([['CONSUMER', 'DRAWN', 'FRESH UNTIL', 'SIZE', 'FORMAT'], ...cards.map(asRow)]));
}

function asJson({ consumer, freshUntil, outcome }: ListedCard) {
  if ('gone' in outcome) return { consumer, gone: outcome.gone, freshUntil };
  const { drawn, size, format, width, height } = outcome;
  return { consumer, drawn, freshUntil, size, format, width, height };
}

function asRow({ consumer, fresh, freshUntil, outcome }: ListedCard): string[] {
  const time = (iso: string) => iso.replace('T', ' ').slice(0, 19);
  const until = fresh ? time(freshUntil) : 'asked each time';
  if ('gone' in outcome) return [consumer, `gone (${outcome.gone})`, until, '', ''];
  const { drawn, size, format } = outcome;
  return [consumer, time(drawn), until, `${Math.ceil(size / 1000)} kB`, format.replace('image/', '')];
}

async function rm(config: Config, pageUrl: string): Promise<void> {
  const { origin, target } = argument(() => parsePageUrl(pageUrl));
  await using backend = await openBackend(config);
  const purged = await backend.cards.purge(await websiteOf(backend, origin), { kind: 'page', target });
  print(sentence(purged, pageUrl));
}

async function purge(config: Config, address: string, options: { prefix?: string; yes?: boolean }): Promise<void> {
  const { prefix, yes } = options;
  if (prefix !== undefined && !prefix.startsWith('/')) {
    throw new UsageError(`--prefix ${prefix}: must begin with a slash: /blog/`);
  }
  const origin = argument(() => parseOrigin(address));
  await using backend = await openBackend(config);
  const website = await websiteOf(backend, origin);
  const what = prefix === undefined ? `all cards of ${website.origin}` : `${website.origin}${prefix}…`;
  if (yes !== true && !(await agreed(`Purge ${what}?`, 'Nothing was purged'))) {
    print('Nothing was purged.');
    return;
  }
  const scope: PurgeScope = prefix === undefined ? { kind: 'website' } : { kind: 'prefix', prefix: prefix as Target };
  print(sentence(await backend.cards.purge(website, scope), prefix === undefined ? website.origin : what));
}

function sentence({ cards, more }: PurgedCards, what: string): string {
  if (cards === 0) return `No cards of ${what} were kept. The next request draws one.`;
  const count = more ? `${cards} cards or more` : counted(cards, 'card');
  return `Purged ${count} of ${what}. Each is drawn again at its next request.`;
}
