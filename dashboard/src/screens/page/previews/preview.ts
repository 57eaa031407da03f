import type { PageDetail } from '../../../api/types.ts';

/** The picture in a network's frame, or why there is none; `none`: the network shows the text alone. */
export type PreviewImage =
  | { readonly kind: 'picture'; readonly src: string; readonly width: number; readonly height: number }
  | { readonly kind: 'missing' | 'drawing' | 'failed' | 'gone' | 'none' };

/** What a network shows of a page. */
export interface Preview {
  readonly title: string;
  readonly description: string | null;
  /** The host without `www.`, as all of them show it. */
  readonly domain: string;
  /** og:site_name */
  readonly siteName: string | null;
  /** The address that was pasted. */
  readonly url: string;
  /** twitter:card = summary_large_image, which others than X heed too. */
  readonly isLarge: boolean;
  readonly image: PreviewImage;
}

export type PreviewText = Omit<Preview, 'image'>;
export type Reader = (text: PreviewText, tag: (name: string) => string | null) => PreviewText;

/** What a page says, as most networks read it: og: first, then twitter:, then the description. */
export function readPage(url: string, document: PageDetail['document']): PreviewText {
  const { host } = new URL(url);
  const tag = tagsOf(document);
  return {
    title: document?.title ?? host,
    description: document?.description ?? null,
    domain: host.replace(/^www\./, ''),
    siteName: tag('og:site_name'),
    url,
    // Of a page whose tags are not known, what is usual.
    isLarge: document === null || tag('twitter:card') === 'summary_large_image',
  };
}

/** The first of a name that says something. */
export function tagsOf(document: PageDetail['document']): (name: string) => string | null {
  return (name) => document?.tags.find((one) => one.name === name && one.content.trim() !== '')?.content.trim() ?? null;
}

/** The picture that networks show of a page today, where it is not its own card. */
export function pictureToday(document: PageDetail['document']): PreviewImage | null {
  if (document === null || document.image?.kind === 'own') return null;
  if (document.image?.kind !== 'other') return { kind: 'none' };
  const src = `/api/v1/named-picture?url=${encodeURIComponent(document.image.url)}`;
  return { kind: 'picture', src, width: 1200, height: 630 };
}
