import type { MetaTag } from '../meta-tag.ts';
import { titleTag } from './shown-text.ts';

// Longer than any network shows.
const longest = 200;

/**
 * How a page calls itself: the title that it gives to networks, or else its `<title>`. Null without one. Pure.
 * @param tags with the page's `<title>` among them.
 */
export function pageTitle(tags: readonly MetaTag[]): string | null {
  const titles = ['og:title', 'twitter:title', titleTag].flatMap((name) => tags.filter((tag) => tag.name === name));
  return titles.find(({ content }) => content.trim() !== '')?.content ?? null;
}

/** The title on one line and of bounded length, as lists show it. Pure. */
export function listedTitle(tags: readonly MetaTag[]): string | null {
  const title = pageTitle(tags)
    ?.replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  if (title === undefined) return null;
  const letters = [...title];
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : title;
}
