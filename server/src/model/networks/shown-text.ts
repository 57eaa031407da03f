import type { MetaTag } from '../meta-tag.ts';
import type { Cut, NetworkFrame } from './network-frames.ts';

/** What a network shows of a page beside the picture. */
export interface ShownText {
  readonly title: string;
  readonly description: string | null;
  /** The host without `www.`, as all of them show it. */
  readonly domain: string;
  /** og:site_name */
  readonly siteName: string | null;
  /** The address that was pasted. */
  readonly url: string;
  /** twitter:card = summary_large_image, which others than X read too. */
  readonly isLarge: boolean;
}

/** How a page's `<title>` is called among its tags. */
export const titleTag = '<title>';

/**
 * The texts that a network takes from a page, cut where it cuts them by characters. Pure.
 * @param tags with the page's `<title>` among them; null: nothing is known of the page.
 */
export function shownText(url: string, tags: readonly MetaTag[] | null, frame: NetworkFrame): ShownText {
  const { host } = new URL(url);
  const first = (...names: readonly string[]) => firstOf(tags ?? [], names);
  const description = first(...tagNames(frame, 'description'));
  return {
    title: cutTo(first(...tagNames(frame, 'title')) ?? host, frame.title),
    description: description === null || frame.description === null ? null : cutTo(description, frame.description),
    domain: host.replace(/^www\./, ''),
    siteName: first('og:site_name'),
    url,
    // Of a page whose tags are not known, what is usual.
    isLarge: tags === null || first('twitter:card') === 'summary_large_image',
  };
}

/** The tags that a network looks for in turn, for a text. */
export function tagNames({ reads }: NetworkFrame, part: 'title' | 'description'): readonly string[] {
  const [og, twitter, last] = [`og:${part}`, `twitter:${part}`, part === 'title' ? titleTag : 'description'];
  if (reads === 'og alone') return [og, last];
  return reads === 'twitter' ? [twitter, og, last] : [og, twitter, last];
}

/** The first of a name that says something. */
function firstOf(tags: readonly MetaTag[], names: readonly string[]): string | null {
  for (const name of names) {
    const found = tags.find((tag) => tag.name === name && tag.content.trim() !== '');
    if (found !== undefined) return found.content.trim();
  }
  return null;
}

/** Cut by characters, as a reader counts them. Lines are the frame's own matter. */
export function cutTo(text: string, cut: Cut | null): string {
  const most = cut?.characters ?? null;
  if (most === null) return text;
  const characters = [...new Intl.Segmenter().segment(text)];
  if (characters.length <= most) return text;
  const kept = characters.slice(0, most - 1).map(({ segment }) => segment);
  return `${kept.join('').trimEnd()}…`;
}
