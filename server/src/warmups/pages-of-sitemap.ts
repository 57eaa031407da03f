import { tokenFor } from '../cards/fetch-token.ts';
import type { SiteLimiter } from '../cards/limits/site-limiter.ts';
import { Problem } from '../model/problem.ts';
import type { Milliseconds } from '../model/units.ts';
import type { Target, Website } from '../model/website.ts';
import type { Requests } from '../origin/requests.ts';
import { readSitemap } from '../origin/sitemap/read-sitemap.ts';
import { ignoredParametersOf } from '../websites/ignored-parameters.ts';
import { parseTarget } from '../websites/parse.ts';

/**
 * Gives the pages of a website's sitemap as they are read. Returns what there is to say about it; null for nothing.
 * @throws {Problem} if there are none.
 */
export type PagesOfSitemap = (
  website: Website,
  sitemap: string | null,
  onPages: (targets: readonly Target[]) => Promise<void>,
  signal: AbortSignal,
) => Promise<string | null>;

export interface SitemapSource {
  readonly requests: Requests;
  readonly siteLimiter: SiteLimiter;
  readonly timeout: Milliseconds;
  readonly software: string;
  readonly fetchTokenOf: (website: Website) => string;
}

export function pagesOfSitemap({
  requests,
  siteLimiter,
  timeout,
  software,
  fetchTokenOf,
}: SitemapSource): PagesOfSitemap {
  return async (website, sitemap, onPages, signal) => {
    const { origin } = website;
    const ignored = ignoredParametersOf(website);
    const of = {
      origin,
      headers: { 'user-agent': software },
      redirectHosts: website.settings.redirectHosts,
      ...tokenFor(website, origin, fetchTokenOf),
    };
    const politely = <T>(fetch: () => Promise<T>) => siteLimiter.run(website.id, fetch, signal);
    const targetOf = (address: string) =>
      parseTarget(address.slice(origin.length).replace(/#.*/s, ''), ignored)?.target;
    const { pages, foreign, foreignOrigin, remarks } = await readSitemap(
      of,
      sitemap,
      (addresses) => onPages(addresses.map(targetOf).filter((target) => target !== undefined)),
      { requests, politely, timeout },
      signal,
    );
    if (pages > 0) {
      const others = foreign === 0 ? [] : [leftOut(foreign)];
      return [...others, ...remarks].join(' ') || null;
    }
    if (foreign > 0) {
      throw new Problem(
        'page-unsuitable',
        `The sitemap lists only pages of ${foreignOrigin ?? 'other websites'}, not of ${origin}.`,
      );
    }
    throw new Problem('page-unsuitable', remarks[0] ?? 'The sitemap lists no pages.');
  };
}

function leftOut(foreign: number): string {
  if (foreign === 1) return '1 address of another website was left out.';
  return `${foreign} addresses of other websites were left out.`;
}
