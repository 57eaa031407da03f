import type { Command } from 'commander';
import { collectGarbage } from '../collect-garbage.ts';
import { type Config, connectionUrl } from '../config.ts';
import { StoreUnreachable } from '../model/store-unreachable.ts';
import type { Service } from '../service.ts';
import { firstAccountTokenOf } from '../websites/keys.ts';
import { masterKey } from '../websites/master-key.ts';
import { print } from './terminal.ts';

// After the grace period, a stop takes about a second. If it takes this long, it hangs, and the process exits.
const stopDeadlineMs = 15_000;

export function addServeCommand(program: Command, config: () => Config): void {
  program
    .command('serve')
    .description('run the service')
    .addHelpText('after', '\nSettings come from the environment: OGPLUS_PORT, OGPLUS_DATA_DIR… See docs/settings.md.')
    .action(() => serve(config()));
}

async function serve(config: Config): Promise<void> {
  // Imported here: no other command needs all of it, and it loads more slowly than most.
  const [{ logger }, { startService }] = await Promise.all([import('../log.ts'), import('../service.ts')]);
  const log = logger(config);
  const service = await startService(config, undefined, log);
  try {
    const next = await nextSteps(config, service).catch((error) => {
      // The database may be away for a moment, as on a busy machine: the service is there all the same.
      if (!(error instanceof StoreUnreachable)) throw error;
      log.warn({ err: error }, 'the websites could not be read');
      return [];
    });
    await collectGarbage(); // before the first request
    const stopped = stopAsked(); // a reader of the ready message may stop it at once
    print([`OpenGraph+ is ready at ${service.address}`, `Data folder: ${config.dataDir}`, ...next].join('\n'));
    await stopped;
  } finally {
    const timer = setTimeout(() => process.exit(1), config.stopGrace + stopDeadlineMs).unref();
    await service[Symbol.asyncDispose]();
    clearTimeout(timer);
  }
}

async function nextSteps(config: Config, service: Service): Promise<string[]> {
  const websites = await service.store.websites.list();
  const [first] = websites;
  const link = await firstAccountLink(config, service);
  return [
    first === undefined
      ? 'Next: npx ogplus site create https://example.com'
      : `Websites: ${websites.length}. ${first.origin} has its cards at ${connectionUrl(config, first.connection)}`,
    ...(link === undefined ? [] : [`Create the first account: ${link}`]),
  ];
}

/** The link for the first account, until it was used. */
async function firstAccountLink(config: Config, { store, address }: Service): Promise<string | undefined> {
  if ((await store.members.firstAccount()) !== undefined) return undefined;
  // With port 0, the setting does not contain the real port.
  const base = new URL(config.url).port === '0' ? address : config.url;
  return `${base}/first-account/${firstAccountTokenOf(await masterKey(config))}`;
}

function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}
