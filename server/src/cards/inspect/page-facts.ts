import type { MetaTag } from '../../model/meta-tag.ts';
import type { ReadImage } from './named-image.ts';
import { checkPage, type Finding, imageOf, type SeenAt } from './page-check.ts';

/** The tags that networks read from a page, and what is wrong with them. */
export interface PageFacts {
  readonly title: string | null;
  readonly description: string | null;
  readonly tags: readonly MetaTag[];
  readonly findings: readonly Finding[];
}

// Networks read the first few; the bound keeps a page of nothing but tags from filling the memory.
const mostTags = 100;
const longestContent = 1000;

/** The tags that networks read, as many as a person would look through. */
export function shownTags(all: readonly MetaTag[]): MetaTag[] {
  const shown = all.filter(({ name }) => /^(og:|twitter:|description$)/.test(name)).slice(0, mostTags);
  return shown.map(({ name, content }) => ({ name, content: content.slice(0, longestContent) }));
}

/** @param tags as `shownTags` gives them. */
export async function pageFacts(tags: readonly MetaTag[], seen: SeenAt, readImage: ReadImage): Promise<PageFacts> {
  const first = (...names: string[]) =>
    names.flatMap((name) => tags.filter((tag) => tag.name === name)).find(({ content }) => content.trim() !== '')
      ?.content;
  const image = imageOf(tags) ?? '';
  const named = URL.canParse(image) ? await readImage(new URL(image)) : undefined;
  return {
    title: first('og:title', 'twitter:title') ?? null,
    description: first('og:description', 'twitter:description', 'description') ?? null,
    tags,
    findings: checkPage(tags, seen, named),
  };
}
