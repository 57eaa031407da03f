import { Api, type PurgeOptions, type PurgeScope, type WarmOptions, type WarmUp } from './api.ts';
import { OgPlusError } from './error.ts';
import { type ImageOptions, imageAddress, type SignedImageOptions, signedQuery } from './image.ts';
import { type OgPlusOptions, readOptions } from './options.ts';
import type { Page } from './page.ts';
import { signer } from './sign.ts';
import { pageTags, type Tag, type TagOptions } from './tags.ts';

export type { PurgeOptions, PurgeScope, WarmOptions, WarmUp } from './api.ts';
export { OgPlusError } from './error.ts';
export type { ImageOptions, SignedImageOptions } from './image.ts';
export { type NextMetadata, toNextMetadata } from './next.ts';
export type { OgPlusOptions } from './options.ts';
export type { Page, Query } from './page.ts';
export { toHtml, toMetaDescriptors, toUnhead } from './shapes.ts';
export type { Tag, TagOptions } from './tags.ts';

export interface OgPlus {
  /** The address of a page's card, for `og:image`. The page's query is left out unless `query` says otherwise. */
  image(page: Page, options?: ImageOptions): string;
  /** The signed address of any page's card, on any site. Needs `apiKey`. */
  signedImage(page: Page, options?: SignedImageOptions): Promise<string>;
  /** All tags of a page; `toHtml`, `toNextMetadata`, `toMetaDescriptors` and `toUnhead` write them for a framework. */
  tags(options: TagOptions): Tag[];
  /** Forgets cards: the next request for each fetches and draws the page. Needs `apiKey`. */
  purge(scope: PurgeScope, options?: PurgeOptions): Promise<void>;
  /** Draws what is not fresh, in the background. Needs `apiKey`. */
  warm(pages: Page | readonly Page[], options?: WarmOptions): Promise<WarmUp>;
}

/**
 * A client of an OpenGraph+ service.
 *
 * ```ts
 * const og = createOgPlus({ connectionUrl: 'https://mlghbepw.cards.example.com' });
 * og.image('https://example.com/blog/hello'); // https://mlghbepw.cards.example.com/blog/hello
 * ```
 * @throws {OgPlusError} that says which option is missing or wrong.
 */
export function createOgPlus(options: OgPlusOptions): OgPlus {
  const { base, api } = readOptions(options);
  const withKey = api && { ...api, sign: signer(api.keys), calls: new Api(api.service, api.apiKey) };
  const needed = (what: string) => {
    if (withKey !== undefined) return withKey;
    throw new OgPlusError(`${what} needs the website's key: createOgPlus({ service, apiKey }).`);
  };
  return {
    image: (page, imageOptions) => imageAddress(base, page, imageOptions),
    async signedImage(page, imageOptions) {
      const { service, sign } = needed('signedImage');
      const query = signedQuery(page, imageOptions);
      return `${service}/api/websites/v1/${await sign(query)}/image?${query}`;
    },
    tags: (tagOptions) => pageTags(base, tagOptions),
    purge: async (scope, purgeOptions) => needed('purge').calls.purge(scope, purgeOptions),
    warm: async (pages, warmOptions) => needed('warm').calls.warm(pages, warmOptions),
  };
}
