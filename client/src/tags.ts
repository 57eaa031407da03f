import { OgPlusError } from './error.ts';
import { type ImageOptions, imageAddress } from './image.ts';
import { type Page, readPage } from './page.ts';

/** A `<meta>` of a page's head. Open Graph tags have a `property`, X's tags a `name`. */
export type Tag =
  | { readonly property: string; readonly content: string }
  | { readonly name: string; readonly content: string };

export interface TagOptions extends ImageOptions {
  /** Its whole address; with a path alone, `og:url` is left out. */
  readonly page: Page;
  readonly title: string;
  readonly description?: string | null | undefined;
  /** `website` by default. */
  readonly type?: string | undefined;
  readonly siteName?: string | null | undefined;
  /** Such as `en_GB`. */
  readonly locale?: string | null | undefined;
  /** The picture in words, for people who do not see it. */
  readonly alt?: string | null | undefined;
  readonly cache?: { readonly maxAge?: number | undefined; readonly etag?: string | number | undefined } | undefined;
  /** Draw this element instead of the whole page. */
  readonly selector?: string | undefined;
  /** CSS for `<body>`. */
  readonly style?: string | undefined;
  /** The width the page is laid out at, 320 to 2400 CSS pixels. */
  readonly viewportWidth?: number | undefined;
  /** Seconds to wait before the page is drawn, 0 to 30: for what it shows late and by itself. */
  readonly delay?: number | undefined;
  /** How X shows it; `summary_large_image` by default. */
  readonly card?: 'summary_large_image' | 'summary' | undefined;
}

// What Facebook gets. With them it shows the picture to the first person who shares the page.
const width = 2400;
const height = 1260;

/** The tags of a page, those of its card included. @throws {OgPlusError} */
export function pageTags(base: string, options: TagOptions): Tag[] {
  const { page, title, description, siteName, locale, alt, cache, selector, style, viewportWidth } = options;
  if (typeof title !== 'string' || title.trim() === '') throw new OgPlusError('tags needs a title for the card.');
  const { origin, target } = readPage(page, options.query);
  const tags: Tag[] = [];
  const add = (property: string, content: string | number | null | undefined) => {
    if (content !== null && content !== undefined && content !== '') tags.push({ property, content: String(content) });
  };
  add('og:title', title);
  add('og:description', description);
  add('og:type', options.type ?? 'website');
  add('og:url', origin && origin + target);
  add('og:site_name', siteName);
  add('og:locale', locale);
  add('og:image', imageAddress(base, page, options));
  add('og:image:width', width);
  add('og:image:height', height);
  add('og:image:alt', alt);
  tags.push({ name: 'twitter:card', content: options.card ?? 'summary_large_image' });
  add('og:plus:cache:max_age', whole('cache.maxAge', cache?.maxAge, 0, 2 ** 31, 'seconds'));
  add('og:plus:cache:etag', cache?.etag);
  add('og:plus:selector', selector);
  add('og:plus:style', style);
  add('og:plus:viewport:width', whole('viewportWidth', viewportWidth, 320, 2400, 'CSS pixels'));
  add('og:plus:delay', secondsOf(options.delay));
  return tags;
}

function secondsOf(delay: number | undefined): number | undefined {
  if (delay === undefined) return delay;
  // The service reads three digits after the point.
  if (delay >= 0 && delay <= 30) return Math.round(delay * 1000) / 1000;
  throw new OgPlusError(`delay must be a number of seconds from 0 to 30, not ${String(delay)}.`);
}

function whole(name: string, value: number | undefined, least: number, most: number, unit: string): number | undefined {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return value;
  throw new OgPlusError(`${name} must be a whole number of ${unit} from ${least} to ${most}, not ${String(value)}.`);
}
