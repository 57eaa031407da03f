import { type Config, softwareOf } from '../../config.ts';
import { systemClock } from '../../model/units.ts';
import type { Origin } from '../../model/website.ts';
import { createRequests } from '../../origin/requests.ts';
import { readSitemap, type SitemapRead } from '../../origin/sitemap/read-sitemap.ts';
import { commandGuard } from '../fetch-page.ts';

/**
 * Gives the pages of a sitemap, those of its own website. The next part of the file is read once `onPage` has ended.
 * @throws {Problem} if it cannot be read.
 */
export async function pagesOfSitemap(
  config: Config,
  sitemap: string,
  onPages: (addresses: readonly string[]) => Promise<void>,
): Promise<SitemapRead> {
  const { fetchTimeout: timeout } = config;
  await using requests = createRequests({ guard: commandGuard(config), clock: systemClock, timeout });
  const of = {
    origin: new URL(sitemap).origin as Origin,
    headers: { 'user-agent': softwareOf(config) },
    redirectHosts: [],
  };
  const politely = <T>(fetch: () => Promise<T>) => fetch(); // one after the other
  return await readSitemap(of, sitemap, onPages, { requests, politely, timeout }, new AbortController().signal);
}
