import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { type FrameworkId, frameworkIds } from '../model/frameworks.ts';
import { isWithinLimits, settingLimits } from '../model/setting-limits.ts';
import { milliseconds, seconds } from '../model/units.ts';
import type { WebsiteSettings } from '../model/website.ts';
import { parseIgnoredParameter } from '../websites/ignored-parameters.ts';
import { parseOrigin, parseOwnHost, parseRedirectHost } from '../websites/parse.ts';
import type { SettingsChanges, ShownSettings } from './backend/backend.ts';
import { openBackend, websiteOf } from './backend/open-backend.ts';
import { argument, print, printJson, table, UsageError } from './terminal.ts';

interface SettingsOptions {
  readonly json?: boolean;
  readonly defaultMaxAge?: string;
  readonly viewportWidth?: string;
  readonly patience?: string;
  readonly recheckInterval?: string;
  readonly rendersPerMinute?: string;
  readonly ignoredParameters?: string;
  readonly oneCard?: string;
  readonly equalDocuments?: string;
  readonly fetchToken?: string;
  readonly redirectHosts?: string;
  readonly ownHost?: string;
  readonly framework?: string;
  readonly fallbackPicture?: string;
}

export function addSettingsCommand(site: Command, config: () => Config): void {
  site
    .command('settings <origin>')
    .description("show a website's settings, or change the ones given")
    .option('--default-max-age <seconds>', 'how long cards stay fresh if their pages declare no freshness, or none')
    .option('--viewport-width <pixels>', "CSS pixels, the layout width of pages, or default: each network's own width")
    .option(
      '--patience <milliseconds>',
      "how long to wait for a renewal before sending the old card, or default: the service's own",
    )
    .option(
      '--recheck-interval <seconds>',
      "how often a fresh card with og:plus:cache:etag is checked again, or default: the service's own",
    )
    .option('--renders-per-minute <number>', 'new cards per minute, or default: as many as the service allows')
    .option(
      '--ignored-parameters <names>',
      'query parameters to leave out of page addresses, comma-separated (utm_* for a prefix), default, or none',
    )
    .option('--one-card <on|off>', 'send the same card to all networks')
    .option('--equal-documents <on|off>', 'do not draw a page again if its HTML is byte for byte unchanged')
    .option('--fetch-token <on|off>', 'send OGPlus-Token with each fetch, so that the site can recognise the service')
    .option('--redirect-hosts <hosts>', 'other hosts that its pages may redirect to, comma-separated, or none')
    .option(
      '--own-host <name>',
      'a custom host name that points to the service and works like the connection address, or none',
    )
    .option('--framework <name>', `what the site is made with, for snippets: ${frameworkIds.join(', ')}, or none`)
    .option('--fallback-picture <file>', 'a PNG, JPEG or WebP to send instead of an error, or none')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  npx ogplus site settings https://example.com --default-max-age 3600')
    .action((origin: string, options: SettingsOptions) => settings(config(), origin, options));
}

async function settings(config: Config, address: string, options: SettingsOptions): Promise<void> {
  const origin = argument(() => parseOrigin(address));
  const changes = { ...changesOf(options, config), ...(await fallbackOf(options)) };
  await using backend = await openBackend(config);
  const website = await websiteOf(backend, origin);
  if (Object.keys(changes).length > 0) await backend.settings.change(website, changes);
  const current = await backend.settings.of(website);
  if (options.json === true) {
    printJson(current);
    return;
  }
  print(
    table([
      ['SETTING', 'VALUE'],
      ['default max-age', current.defaultMaxAge === null ? 'none' : `${current.defaultMaxAge} s`],
      ['viewport width', current.viewportWidth === null ? 'default' : `${current.viewportWidth} CSS pixels`],
      ['patience', current.patience === null ? 'default' : `${current.patience} ms`],
      ['recheck interval', current.recheckInterval === null ? 'default' : `${current.recheckInterval} s`],
      ['renders per minute', current.rendersPerMinute === null ? 'default' : `${current.rendersPerMinute}`],
      ['ignored parameters', namesOf(current.ignoredParameters)],
      ['one card', current.oneCard ? 'on' : 'off'],
      ['equal documents', current.equalDocuments ? 'on' : 'off'],
      ['redirect hosts', current.redirectHosts.length === 0 ? 'none' : current.redirectHosts.join(', ')],
      [
        'own host',
        current.ownHost === null ? 'none' : `${current.ownHost}${current.ownHostProven === true ? '' : ', not proven'}`,
      ],
      ['framework', current.framework ?? 'none'],
      [
        'fallback picture',
        current.fallbackPicture === null
          ? 'none'
          : `${current.fallbackPicture.type}, ${current.fallbackPicture.size} bytes`,
      ],
      ['fetch token', tokenText(current)],
    ]),
  );
}

function changesOf(options: SettingsOptions, config: Config): SettingsChanges {
  const { ignoredParameters, oneCard, equalDocuments, fetchToken, redirectHosts, ownHost, framework } = options;
  const defaultMaxAge = numberOf(options, 'defaultMaxAge', 'none', 'seconds', seconds);
  const viewportWidth = numberOf(options, 'viewportWidth', 'default', 'CSS pixels', Number);
  const patience = numberOf(options, 'patience', 'default', 'milliseconds', milliseconds);
  const recheckInterval = numberOf(options, 'recheckInterval', 'default', 'seconds', seconds);
  const rendersPerMinute = numberOf(options, 'rendersPerMinute', 'default', 'cards', Number);
  return {
    ...(defaultMaxAge === undefined ? {} : { defaultMaxAge }),
    ...(viewportWidth === undefined ? {} : { viewportWidth }),
    ...(patience === undefined ? {} : { patience }),
    ...(recheckInterval === undefined ? {} : { recheckInterval }),
    ...(rendersPerMinute === undefined ? {} : { rendersPerMinute }),
    ...(ignoredParameters === undefined ? {} : { ignoredParameters: parametersOf(ignoredParameters) }),
    ...(oneCard === undefined ? {} : { oneCard: isOn('--one-card', oneCard) }),
    ...(equalDocuments === undefined ? {} : { equalDocuments: isOn('--equal-documents', equalDocuments) }),
    ...(fetchToken === undefined ? {} : { fetchToken: isOn('--fetch-token', fetchToken) }),
    ...(redirectHosts === undefined ? {} : { redirectHosts: hostsOf(redirectHosts) }),
    ...(framework === undefined ? {} : { framework: frameworkNamed(framework) }),
    ...(ownHost === undefined
      ? {}
      : { ownHost: ownHost === 'none' ? null : argument(() => parseOwnHost(ownHost, config)) }),
  };
}

async function fallbackOf({ fallbackPicture: file }: SettingsOptions): Promise<Pick<SettingsChanges, 'fallback'>> {
  if (file === undefined) return {};
  if (file === 'none') return { fallback: null };
  try {
    return { fallback: await readFile(file) };
  } catch (error) {
    throw new UsageError(`--fallback-picture ${file}: ${error instanceof Error ? error.message : error}`);
  }
}

function tokenText({ fetchToken, token }: ShownSettings): string {
  if (!fetchToken) return 'off';
  return token === null ? "on; the service's own machine shows the token" : `on, OGPlus-Token: ${token}`;
}

/** The number of an option, null for the word that means none; undefined if the option is absent. */
function numberOf<T>(
  options: SettingsOptions,
  name: keyof typeof settingLimits,
  none: string,
  unit: string,
  as: (number: number) => T,
): T | null | undefined {
  const text = options[name];
  if (text === undefined) return undefined;
  if (text === none) return null;
  const limits = settingLimits[name];
  if (!/^\d{1,8}$/.test(text) || !isWithinLimits(Number(text), limits)) {
    const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    throw new UsageError(`${option} ${text}: must be ${unit}, ${limits.minimum} to ${limits.maximum}, or ${none}.`);
  }
  return as(Number(text));
}

function hostsOf(text: string): WebsiteSettings['redirectHosts'] {
  if (text === 'none') return [];
  return text.split(',').map((host) => argument(() => parseRedirectHost(host.trim())));
}

function parametersOf(text: string): WebsiteSettings['ignoredParameters'] {
  if (text === 'default') return null;
  if (text === 'none') return [];
  return text.split(',').map((name) => argument(() => parseIgnoredParameter(name.trim())));
}

function namesOf(parameters: WebsiteSettings['ignoredParameters']): string {
  if (parameters === null) return 'default';
  return parameters.length === 0 ? 'none' : parameters.join(', ');
}

function isOn(option: string, text: string): boolean {
  if (text !== 'on' && text !== 'off') throw new UsageError(`${option} ${text}: must be on or off.`);
  return text === 'on';
}

function frameworkNamed(text: string): FrameworkId | null {
  if (text === 'none') return null;
  const found = frameworkIds.find((id) => id === text.toLowerCase());
  if (found !== undefined) return found;
  throw new UsageError(`--framework is one of ${frameworkIds.join(', ')}, or none, not "${text}".`);
}
