import type { Config } from './config.ts';
import type { Log } from './model/log.ts';
import type { Clock } from './model/units.ts';
import { openStore } from './store/open-store.ts';
import type { Store } from './store/ports/store.ts';

/** The store that the settings name, for a process that serves. */
export function openStoreOf(config: Config, log: Pick<Log, 'warn'>, clock?: Clock): Promise<Store> {
  const { dataDir, database, pagesPerWebsite, bucket } = config;
  const warn = (text: string) => log.warn({}, text);
  return openStore(dataDir, { ...(clock && { clock }), database, pagesPerWebsite, bucket, warn });
}
