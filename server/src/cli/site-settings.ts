import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { seconds } from '../units.ts';
import { fetchTokenOf } from '../websites/keys.ts';
import { masterKey } from '../websites/master-key.ts';
import { parseRedirectHost } from '../websites/parse.ts';
import type { WebsiteSettings } from '../websites/website.ts';
import { CommandError, print, printJson, table } from './terminal.ts';
import { said, storeOf, websiteAt } from './websites.ts';

interface SettingsOptions {
  readonly json?: boolean;
  readonly defaultMaxAge?: string;
  readonly equalDocuments?: string;
  readonly fetchToken?: string;
  readonly redirectHosts?: string;
}

export function addSettingsCommand(site: Command, config: () => Config): void {
  site
    .command('settings <origin>')
    .description("show a website's settings, and change those that are named")
    .option('--default-max-age <seconds>', 'how long cards of pages that say nothing of freshness stay fresh, or none')
    .option('--equal-documents <on|off>', 'a page whose document is byte for byte the same is not drawn again')
    .option('--fetch-token <on|off>', 'send OGPlus-Token with each fetch, so that the site can tell it from others')
    .option('--redirect-hosts <hosts>', 'hosts that its pages may redirect to, with commas between, or none')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  npx ogplus site settings https://example.com --default-max-age 3600')
    .action((origin: string, options: SettingsOptions) => settings(config(), origin, options));
}

async function settings(config: Config, address: string, options: SettingsOptions): Promise<void> {
  const changes = changesOf(options);
  await using store = await storeOf(config);
  const website = await websiteAt(store, address);
  if (Object.keys(changes).length > 0) await store.changeSettings(website.id, changes);
  const current = { ...website.settings, ...changes };
  const token = current.fetchToken ? fetchTokenOf(await masterKey(config.dataDir), website.publicKey) : null;
  if (options.json === true) {
    printJson({ ...current, token });
    return;
  }
  print(
    table([
      ['SETTING', 'VALUE'],
      ['default max-age', current.defaultMaxAge === null ? 'none' : `${current.defaultMaxAge} s`],
      ['equal documents', current.equalDocuments ? 'on' : 'off'],
      ['redirect hosts', current.redirectHosts.length === 0 ? 'none' : current.redirectHosts.join(', ')],
      ['fetch token', token === null ? 'off' : `on, OGPlus-Token: ${token}`],
    ]),
  );
}

function changesOf(options: SettingsOptions): Partial<WebsiteSettings> {
  const { defaultMaxAge, equalDocuments, fetchToken, redirectHosts } = options;
  return {
    ...(defaultMaxAge === undefined ? {} : { defaultMaxAge: maxAge(defaultMaxAge) }),
    ...(equalDocuments === undefined ? {} : { equalDocuments: isOn('--equal-documents', equalDocuments) }),
    ...(fetchToken === undefined ? {} : { fetchToken: isOn('--fetch-token', fetchToken) }),
    ...(redirectHosts === undefined ? {} : { redirectHosts: hostsOf(redirectHosts) }),
  };
}

function maxAge(text: string): WebsiteSettings['defaultMaxAge'] {
  if (text === 'none') return null;
  // A year: RFC 9111 knows no longer lifetime that anybody keeps to.
  if (!/^\d{1,8}$/.test(text) || Number(text) > 31_536_000) {
    throw new CommandError(`--default-max-age ${text}: must be seconds, 0 to 31536000, or none.`);
  }
  return seconds(Number(text));
}

function hostsOf(text: string): WebsiteSettings['redirectHosts'] {
  if (text === 'none') return [];
  return text.split(',').map((host) => said(() => parseRedirectHost(host.trim())));
}

function isOn(option: string, text: string): boolean {
  if (text !== 'on' && text !== 'off') throw new CommandError(`${option} ${text}: must be on or off.`);
  return text === 'on';
}
