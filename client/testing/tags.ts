import { checkPage, imageOf, type PageAddress } from '../../server/src/cards/inspect/page-check.ts';
import { shownTags } from '../../server/src/cards/inspect/page-facts.ts';
import { outlineOf } from '../../server/src/document/outline.ts';
import { cardOf, imageByForm } from '../../server/src/http/images/image-by-form.ts';
import { parsePageUrl } from '../../server/src/websites/parse.ts';
import type { CheckOptions, Finding, ReadTag } from './types.ts';

/** The `<meta>` elements of a page, read as the service reads them. */
export function readTags(html: string): ReadTag[] {
  return [...outlineOf(html, (text) => text).metaTags.found];
}

/**
 * Whether a page's tags make a card: what `ogplus verify` says.
 * @param page its address; without it, what the page says in `og:url`.
 * @throws {Error} if the page's address is none.
 */
export function checkTags(html: string, page?: string | URL, options: CheckOptions = {}): Finding[] {
  const tags = shownTags({ metaTags: readTags(html), title: null });
  const image = imageOf(tags) ?? '';
  const named = URL.canParse(image) ? namedImage(new URL(image), options) : undefined;
  const own = page ?? tags.find(({ name }) => name === 'og:url')?.content ?? '';
  const unknown = named?.kind === 'card' ? named.target : '/';
  return checkPage(
    tags,
    [addressOf(own, page !== undefined) ?? { origin: 'https://unknown.invalid', target: unknown }],
    named,
  );
}

function namedImage(url: URL, { connectionUrl }: CheckOptions) {
  if (connectionUrl !== undefined && new URL(connectionUrl).host === url.host) {
    return cardOf(null, url.pathname + url.search);
  }
  // Connections are eight letters; below which domain, only the service knows.
  const [, domain = 'localhost'] = /^[a-z]{8}\.([^:]+)$/.exec(url.hostname) ?? [];
  return imageByForm(url, domain);
}

function addressOf(page: string | URL, isNeeded: boolean): PageAddress | undefined {
  const text = String(page);
  if (!isNeeded && !URL.canParse(text)) return undefined;
  return parsePageUrl(text.startsWith('/') ? `https://unknown.invalid${text}` : text);
}
