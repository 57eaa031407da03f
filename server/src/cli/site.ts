import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { createGuard, portOf } from '../origin/guard.ts';
import { newConnection, newPublicKey } from '../websites/keys.ts';
import { parseOrigin } from '../websites/parse.ts';
import { addKeyCommands } from './site-keys.ts';
import { addSettingsCommand } from './site-settings.ts';
import { CommandError, print, printJson, table } from './terminal.ts';
import { credentials, identity, orCommandError, storeOf } from './websites.ts';

interface JsonOption {
  readonly json?: boolean;
}

export function addSiteCommands(program: Command, config: () => Config): void {
  const site = program.command('site').description('websites: make, list, remove, set up; their keys');

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
    .action((origin: string) => remove(config(), origin));

  addKeyCommands(site, config);
  addSettingsCommand(site, config);
}

async function create(config: Config, address: string, { json }: JsonOption): Promise<void> {
  const origin = orCommandError(() => parseOrigin(address));
  await using store = await storeOf(config);
  const existing = await store.websites.byOrigin(origin);
  if (existing !== undefined) {
    const { connectionUrl } = identity(config, existing);
    throw new CommandError(`The website ${origin} already exists. Its connection address is ${connectionUrl}`);
  }
  const website = await store.websites.create({
    origin,
    connection: newConnection(),
    publicKey: newPublicKey(),
    createdAt: Date.now(),
  });
  if (website === undefined) throw new CommandError('The website was not created: its key was taken. Try again.');
  const keys = { ...identity(config, website), ...(await credentials(config, website.publicKey)) };
  if (json === true) {
    printJson(keys);
    return;
  }
  print(`Created the website ${origin}. Its connection address:

  ${keys.connectionUrl}

Put this into the <head> of each page, and append the page's own path and query to the address:

  <meta property="og:image" content="${keys.connectionUrl}/path/of/the/page?query">
  <meta name="twitter:card" content="summary_large_image">

Key for your app:  ${keys.apiKey}
Public key:        ${keys.publicKey}
Secret key:        ${keys.secretKey}`);
  print(`
A card is kept as long as the page's cache headers say. A page without any is fetched and drawn for every request;
npx ogplus explain ${origin}/ shows how a page is judged. For pages that cannot send headers:

  npx ogplus site settings ${origin} --default-max-age 3600`);
  const closed = await refusal(config, origin);
  if (closed !== undefined) print(`\nBefore it can be drawn: ${closed}`);
}

/** Why the service would refuse to fetch the website, in a sentence; undefined if it would not. */
async function refusal(config: Config, origin: string): Promise<string | undefined> {
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
  await using store = await storeOf(config);
  const websites = await Promise.all(
    (await store.websites.list()).map(async (website) => {
      const good = (await store.websites.keysOf(website.id)).filter(({ revokedAt }) => revokedAt === null);
      return { ...identity(config, website), publicKey: good.at(-1)?.publicKey ?? null };
    }),
  );
  if (json === true) printJson(websites);
  else if (websites.length === 0)
    print('There are no websites. Create one: npx ogplus site create https://example.com');
  else print(table([['WEBSITE', 'CONNECTION ADDRESS'], ...websites.map((w) => [w.origin, w.connectionUrl])]));
}

async function remove(config: Config, address: string): Promise<void> {
  const origin = orCommandError(() => parseOrigin(address));
  await using store = await storeOf(config);
  if (!(await store.websites.remove(origin))) throw new CommandError(`There is no website ${origin}.`);
  print(`Removed the website ${origin}. Its addresses no longer work.`);
}
