import { Problem } from '../model/problem.ts';

/** The address of a website's sitemap, as people name it. @throws {Problem} `invalid`. */
export function ownSitemap(origin: string, text: string): string {
  const url = URL.canParse(text, origin) ? new URL(text, origin) : undefined;
  if (url?.origin !== origin) throw new Problem('invalid', `The sitemap must be an address of ${origin}.`);
  return url.href;
}
