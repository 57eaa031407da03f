import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { parseOrigin } from '../websites/parse.ts';
import { agreed } from './agreed.ts';
import { namedService } from './backend/named.ts';
import { openBackend, websiteOf } from './backend/open-backend.ts';
import { addKeyCommands } from './site-keys.ts';
import { addLogCommand } from './site-log.ts';
import { addSettingsCommand } from './site-settings.ts';
import { argument, CommandError, print, printJson, table } from './terminal.ts';

interface JsonOption {
  readonly json?: boolean;
}

export function addSiteCommands(program: Command, config: () => Config): void {
  const site = program
    .command('site')
    .description('websites: create, list, remove, change settings; their keys and audit log');

  site
    .command('create <origin>')
    .description('create a website and show what to paste into its pages')
    .option('--json', 'print the keys as JSON')
    .addHelpText('after', '\nExample:\n  npx ogplus site create https://example.com')
    .action((origin: string, options: JsonOption) => create(config(), origin, options));

  site
    .command('list')
    .description('list the websites')
    .option('--json', 'print JSON')
    .action((options: JsonOption) => list(config(), options));

  site
    .command('remove <origin>')
    .description('remove a website, its keys and its cards')
    .option('--yes', 'do not ask for confirmation')
    .addHelpText('after', '\nExample:\n  npx ogplus site remove https://example.com --yes')
    .action((origin: string, options: { yes?: boolean }) => remove(config(), origin, options));

  addKeyCommands(site, config);
  addSettingsCommand(site, config);
  addLogCommand(site, config);
}

async function create(config: Config, address: string, { json }: JsonOption): Promise<void> {
  const origin = argument(() => parseOrigin(address));
  await using backend = await openBackend(config);
  const existing = await backend.websites.byOrigin(origin);
  if (existing !== undefined) {
    throw new CommandError(`The website ${origin} already exists. Its connection address is ${existing.connectionUrl}`);
  }
  const { id, connection, connectionUrl, publicKey, secretKey, apiKey } = await backend.websites.create(origin);
  if (json === true) {
    printJson({ id, origin, connection, connectionUrl, publicKey, secretKey, apiKey });
    return;
  }
  print(`Created the website ${origin}. Its connection address:

  ${connectionUrl}

Put this into the <head> of each page, and append the page's own path and query to the address:

  <meta property="og:image" content="${connectionUrl}/path/of/the/page?query">
  <meta name="twitter:card" content="summary_large_image">

Key for your app:  ${apiKey}
Public key:        ${publicKey}
Secret key:        ${secretKey}`);
  print(`
A card is kept as long as the page's cache headers say. A page without any is fetched and drawn for every request;
npx ogplus explain ${origin}/ shows how a page is judged. For pages that cannot send headers:

  npx ogplus site settings ${origin} --default-max-age 3600`);
  // A service on another machine may allow other networks.
  const closed = (await namedService(config)) === undefined ? await refusal(config, origin) : undefined;
  if (closed !== undefined) print(`\nA service with the settings of this terminal would not draw it: ${closed}`);
}

/** Why the service would refuse to fetch the website, in a sentence; undefined if it would not. */
async function refusal(config: Config, origin: string): Promise<string | undefined> {
  const { createGuard, portOf } = await import('../origin/guard.ts');
  const guard = createGuard(config.allowNetworks);
  try {
    const url = new URL(origin);
    guard.checkUrl(url);
    await guard.resolve(url.hostname, portOf(url));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function list(config: Config, { json }: JsonOption): Promise<void> {
  await using backend = await openBackend(config);
  const websites = await backend.websites.list();
  if (json === true) printJson(websites);
  else if (websites.length === 0)
    print('There are no websites. Create one: npx ogplus site create https://example.com');
  else print(table([['WEBSITE', 'CONNECTION ADDRESS'], ...websites.map((w) => [w.origin, w.connectionUrl])]));
}

async function remove(config: Config, address: string, { yes }: { yes?: boolean }): Promise<void> {
  const origin = argument(() => parseOrigin(address));
  await using backend = await openBackend(config);
  const website = await websiteOf(backend, origin);
  const question = `Remove ${origin}, its keys and its cards? Its addresses will no longer work.`;
  if (yes !== true && !(await agreed(question, 'Nothing was removed'))) {
    print('Nothing was removed.');
    return;
  }
  await backend.websites.remove(website);
  print(`Removed the website ${origin}. Its addresses no longer work.`);
}
