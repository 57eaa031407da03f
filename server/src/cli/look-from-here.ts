import { tokenFor } from '../cards/fetch-token.ts';
import { type Looked, lookAt } from '../cards/inspect/look.ts';
import type { Config } from '../config.ts';
import { readOwnImage } from '../http/images/own-image.ts';
import { systemClock } from '../model/units.ts';
import type { Website } from '../model/website.ts';
import type { Store } from '../store/ports/store.ts';
import { fetchTokenOf } from '../websites/keys.ts';
import { masterKey } from '../websites/master-key.ts';
import { parsePageUrl } from '../websites/parse.ts';
import type { LookedAt } from './backend/backend.ts';
import { commandGuard, fetchPage } from './fetch-page.ts';

/**
 * Fetches and inspects a page from this machine, as the service would. With a store, its website's settings apply, and image
 * addresses are checked against the store's websites; without one, the page belongs to no website.
 */
export async function lookFromHere(config: Config, pageUrl: string, store?: Store): Promise<LookedAt> {
  const asked = parsePageUrl(pageUrl);
  const website = await store?.websites.byOrigin(asked.origin);
  const more = website === undefined ? {} : await requestOf(config, website);
  const { fetched } = await fetchPage(config, pageUrl, commandGuard(config), more);
  const { url, connectionDomain, heuristicMax } = config;
  const readImage = readOwnImage({ url, connectionDomain, websites: store?.websites });
  return shown(await lookAt(asked, fetched, { website, heuristicMax, now: systemClock.now(), readImage }));
}

function shown({ head, facts, explanation, policy }: Looked): LookedAt {
  const { title, description, findings } = facts;
  return { url: head.url, status: head.status, title, description, findings, explanation, policy };
}

async function requestOf(config: Config, website: Website) {
  const key = await masterKey(config);
  const token = tokenFor(website, website.origin, () => fetchTokenOf(key, website.publicKey));
  return { redirectHosts: website.settings.redirectHosts, ...token };
}
