import type { MetaTag } from '../../model/meta-tag.ts';
import { checkPage, type Finding, type OwnImage } from './page-check.ts';

/** What a page says of itself to those who show its card, and what is wrong with that. */
export interface PageFacts {
  readonly title: string | null;
  readonly description: string | null;
  readonly tags: readonly MetaTag[];
  readonly findings: readonly Finding[];
}

// Networks read the first few; a page that is nothing but tags should not fill anybody's memory.
const mostTags = 100;
const longestContent = 1000;

/** The tags that networks read, and no more than a person would look through. */
export function shownTags(all: readonly MetaTag[]): MetaTag[] {
  const shown = all.filter(({ name }) => /^(og:|twitter:|description$)/.test(name)).slice(0, mostTags);
  return shown.map(({ name, content }) => ({ name, content: content.slice(0, longestContent) }));
}

/** @param tags as `shownTags` gives them. @param target path and query of the page. */
export function pageFacts(tags: readonly MetaTag[], target: string, ownImage: OwnImage): PageFacts {
  const first = (...names: string[]) =>
    names.flatMap((name) => tags.filter((tag) => tag.name === name)).find(({ content }) => content.trim() !== '')
      ?.content;
  return {
    title: first('og:title', 'twitter:title') ?? null,
    description: first('og:description', 'twitter:description', 'description') ?? null,
    tags,
    findings: checkPage(tags, target, ownImage),
  };
}
