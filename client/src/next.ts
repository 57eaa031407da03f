import type { Tag } from './tags.ts';

// Next.js refuses a page of any other type.
const types = [
  'website',
  'article',
  'book',
  'profile',
  'music.song',
  'music.album',
  'music.playlist',
  'music.radio_station',
  'video.movie',
  'video.episode',
  'video.tv_show',
  'video.other',
] as const;

/** What `generateMetadata` of Next.js returns; a `Metadata` of its own types. */
export interface NextMetadata {
  openGraph: {
    type?: (typeof types)[number];
    title?: string;
    description?: string;
    url?: string;
    siteName?: string;
    locale?: string;
    images?: Array<{ url: string; width?: number; height?: number; alt?: string }>;
  };
  twitter: { card: 'summary_large_image' } | { card: 'summary' };
  other: Record<string, string>;
}

const texts = {
  'og:title': 'title',
  'og:description': 'description',
  'og:url': 'url',
  'og:site_name': 'siteName',
} as const;

/**
 * The tags as Next.js takes them. `openGraph` is whole, because Next.js replaces a layout's by a page's and does not merge
 * them; `og:plus:` tags are in `other`.
 */
export function toNextMetadata(tags: readonly Tag[]): NextMetadata {
  const found = new Map(tags.map((tag) => ['property' in tag ? tag.property : tag.name, tag.content]));
  const take = (name: string) => {
    const content = found.get(name);
    found.delete(name);
    return content;
  };
  const openGraph: NextMetadata['openGraph'] = {};
  const type = types.find((one) => one === found.get('og:type'));
  if (type !== undefined) openGraph.type = type;
  if (type !== undefined) found.delete('og:type');
  for (const [name, key] of Object.entries(texts)) {
    const content = take(name);
    if (content !== undefined) openGraph[key] = content;
  }
  const locale = take('og:locale');
  if (locale !== undefined) openGraph.locale = locale;
  const [url, width, height, alt] = ['', ':width', ':height', ':alt'].map((part) => take(`og:image${part}`));
  if (url !== undefined) {
    openGraph.images = [
      { url, ...(width && { width: Number(width) }), ...(height && { height: Number(height) }), ...(alt && { alt }) },
    ];
  }
  const card = take('twitter:card') === 'summary' ? 'summary' : 'summary_large_image';
  return { openGraph, twitter: { card }, other: Object.fromEntries(found) };
}
