import { OgPlusError } from './error.ts';
import { type Page, parse, type Query, readPage } from './page.ts';

export interface SignedImageOptions {
  /** A new value makes a new address, for networks that keep pictures by address. */
  readonly version?: string | number | undefined;
  /** The network to draw for, such as `linkedin`; otherwise the service goes by who asks. */
  readonly consumer?: string | undefined;
}

export interface ImageOptions extends SignedImageOptions {
  /** What of the page's query belongs to the page; `drop` by default. */
  readonly query?: Query | undefined;
}

/** The address of a page's card. @param base the connection address, or the domain address up to `/image`. */
export function imageAddress(base: string, page: Page, options: ImageOptions = {}): string {
  const { target } = readPage(page, options.query);
  const ours = new URLSearchParams(oursOf('ogplus_consumer', options)).toString();
  return base + target + (ours === '' ? '' : (target.includes('?') ? '&' : '?') + ours);
}

/** The query of a signed address. A page given as text is signed as it stands: the service asks for it exactly so. */
export function signedQuery(page: Page, options: SignedImageOptions = {}): string {
  const url = typeof page === 'string' ? page : page?.href;
  if (typeof url !== 'string' || !(url.startsWith('/') || parse(url))) readPage(page);
  return new URLSearchParams([['url', url], ...oursOf('consumer', options)]).toString();
}

function oursOf(consumerName: string, { version, consumer }: SignedImageOptions): Array<[string, string]> {
  if (consumer !== undefined && !/^\w+$/.test(consumer)) {
    throw new OgPlusError(
      `consumer must be the name of a network such as "linkedin", not ${JSON.stringify(consumer)}.`,
    );
  }
  return [
    ...(consumer === undefined ? [] : [[consumerName, consumer] satisfies [string, string]]),
    ...(version === undefined || version === '' ? [] : [['ogplus_v', String(version)] satisfies [string, string]]),
  ];
}
