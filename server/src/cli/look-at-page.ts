import { tokenFor } from '../cards/fetch-token.ts';
import { type Looked, lookAt } from '../cards/inspect/look.ts';
import type { Config } from '../config.ts';
import { readOwnImage } from '../http/images/own-image.ts';
import { systemClock } from '../model/units.ts';
import type { Website } from '../model/website.ts';
import { fetchTokenOf } from '../websites/keys.ts';
import { masterKey } from '../websites/master-key.ts';
import { parsePageUrl } from '../websites/parse.ts';
import { commandGuard, fetchPage } from './fetch-page.ts';
import { withSpinner } from './terminal.ts';
import { orCommandError, storeIfThere } from './websites.ts';

/**
 * Fetches and inspects a page as the service would. With a data folder, its website's settings apply, and image addresses
 * are checked against the folder's websites; without one, the page belongs to no website.
 */
export async function lookAtPage(config: Config, pageUrl: string): Promise<Looked> {
  const asked = orCommandError(() => parsePageUrl(pageUrl));
  await using store = await storeIfThere(config);
  const website = await store?.websites.byOrigin(asked.origin);
  const more = website === undefined ? {} : await requestOf(config, website);
  const fetching = fetchPage(config, pageUrl, commandGuard(config), more);
  const { fetched } = await withSpinner(`Fetching ${pageUrl}`, fetching);
  const { url, connectionDomain, heuristicMax } = config;
  const readImage = readOwnImage({ url, connectionDomain, websites: store?.websites });
  return lookAt(asked, fetched, { website, heuristicMax, now: systemClock.now(), readImage });
}

async function requestOf(config: Config, website: Website) {
  const key = await masterKey(config.dataDir);
  const token = tokenFor(website, website.origin, () => fetchTokenOf(key, website.publicKey));
  return { redirectHosts: website.settings.redirectHosts, ...token };
}
