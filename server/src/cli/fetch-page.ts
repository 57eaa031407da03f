import ipaddr from 'ipaddr.js';
import { type Config, softwareOf } from '../config.ts';
import { DocumentReader } from '../document/document-reader.ts';
import type { Network } from '../model/network.ts';
import { systemClock } from '../model/units.ts';
import { createFetcher, type Fetched } from '../origin/fetch.ts';
import { createGuard, type Guard } from '../origin/guard.ts';
import type { FetchRequest } from '../origin/requests.ts';
import { type PageTags, pageTags } from '../origin/tags.ts';
import { parsePageUrl } from '../websites/parse.ts';
import { argument } from './terminal.ts';

// A local user may see this machine's own pages.
const loopback: readonly Network[] = [ipaddr.parseCIDR('127.0.0.0/8'), ipaddr.parseCIDR('::1/128')];

export function commandGuard(config: Config): Guard {
  return createGuard([...config.allowNetworks, ...loopback]);
}

export interface FetchedPage {
  readonly fetched: Fetched;
  readonly tags: PageTags;
}

/**
 * Fetches a page once, as the service would.
 * @param more what its website's settings add to the request.
 */
export async function fetchPage(
  config: Config,
  pageUrl: string,
  guard: Guard,
  more: Partial<Pick<FetchRequest, 'redirectHosts' | 'secretHeaders'>> = {},
): Promise<FetchedPage> {
  const { origin, target } = argument(() => parsePageUrl(pageUrl));
  await using reader = new DocumentReader({ queueLimit: 1 });
  await using fetcher = createFetcher({
    guard,
    clock: systemClock,
    timeout: config.fetchTimeout,
    maxDocumentBytes: config.maxDocumentBytes,
    read: (...document) => reader.read(...document),
  });
  const headers = { 'user-agent': softwareOf(config) };
  const fetched = await fetcher.fetch({ origin, target, headers, bypassCaches: false, redirectHosts: [], ...more });
  return { fetched, tags: fetched.kind === 'document' ? pageTags(fetched.reading.metaTags) : {} };
}
