import { Problem } from '../model/problem.ts';
import { shortAddress } from '../model/short-address.ts';

/** The address of a website's sitemap, as people name it. @throws {Problem} `invalid`. */
export function ownSitemap(origin: string, text: string): string {
  const url = URL.parse(text, origin);
  if (url?.origin !== origin || shortAddress(text) !== undefined)
    throw new Problem('invalid', `The sitemap must be an address of ${origin}.`);
  return url.href;
}
