import type { DocumentReading } from '../../model/document.ts';
import type { MetaTag } from '../../model/meta-tag.ts';
import { pageTitle } from '../../model/networks/page-title.ts';
import { titleTag } from '../../model/networks/shown-text.ts';
import type { ReadImage } from './named-image.ts';
import { checkPage, type Finding, imageKind, imageOf, type SeenAt } from './page-check.ts';

/** The picture that a page names in `og:image`. */
interface NamedPicture {
  readonly url: string;
  /** `own`: this page's card; `other`: any other picture; `broken`: an address that gives none. */
  readonly kind: 'own' | 'other' | 'broken';
}

/** The tags that networks read from a page, and what is wrong with them. */
export interface PageFacts {
  readonly title: string | null;
  readonly description: string | null;
  /** The picture that the page names; null without one. */
  readonly image: NamedPicture | null;
  readonly tags: readonly MetaTag[];
  readonly findings: readonly Finding[];
}

// Networks read the first few; the bound keeps a page of nothing but tags from filling the memory.
const mostTags = 100;
const longestContent = 1000;

/** What networks read of a page, as many tags as a person would look through; the title first. */
export function shownTags({ metaTags, title }: Pick<DocumentReading, 'metaTags' | 'title'>): MetaTag[] {
  const tags = metaTags.filter(({ name }) => /^(og:|twitter:|description$)/.test(name)).slice(0, mostTags);
  const shown = title === null ? tags : [{ name: titleTag, content: title }, ...tags];
  return shown.map(({ name, content }) => ({ name, content: content.slice(0, longestContent) }));
}

/** @param tags as `shownTags` gives them. */
export async function pageFacts(tags: readonly MetaTag[], seen: SeenAt, readImage: ReadImage): Promise<PageFacts> {
  const first = (...names: string[]) =>
    names.flatMap((name) => tags.filter((tag) => tag.name === name)).find(({ content }) => content.trim() !== '')
      ?.content;
  const image = imageOf(tags) ?? '';
  const url = URL.parse(image);
  const named = url === null ? undefined : await readImage(url);
  return {
    title: pageTitle(tags),
    description: first('og:description', 'twitter:description', 'description') ?? null,
    image: imageOf(tags) === undefined ? null : { url: image, kind: imageKind(image, named, seen) },
    tags,
    findings: checkPage(tags, seen, named),
  };
}
