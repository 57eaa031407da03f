import type { MetaTag } from '../meta-tag.ts';
import type { NetworkFrame } from './network-frames.ts';
import { tagNames } from './shown-text.ts';

/** Who shows the name of the site (see the frames: observed). */
const showsSite = new Set(['slack', 'discord', 'telegram', 'mastodon']);

/** What a network takes from a page, and from which of its tags; `tag` is null where the page has none of them. */
export interface TagRead {
  readonly what: 'title' | 'description' | 'picture' | 'size of the picture' | 'name of the site';
  /** In the order in which they are looked for. */
  readonly names: readonly string[];
  readonly tag: MetaTag | null;
}

/** The tags of a page that a network reads. Pure. @param tags with the page's `<title>` among them. */
export function tagsRead(tags: readonly MetaTag[], frame: NetworkFrame): TagRead[] {
  const read = (what: TagRead['what'], names: readonly string[]): TagRead => {
    const found = names.flatMap((name) => tags.filter((tag) => tag.name === name && tag.content.trim() !== ''));
    return { what, names, tag: found[0] ?? null };
  };
  return [
    ...(frame.title === null ? [] : [read('title', tagNames(frame, 'title'))]),
    ...(frame.description === null ? [] : [read('description', tagNames(frame, 'description'))]),
    read('picture', ['og:image']),
    ...(frame.picture.isSmallByDefault ? [read('size of the picture', ['twitter:card'])] : []),
    ...(showsSite.has(frame.name) ? [read('name of the site', ['og:site_name'])] : []),
  ];
}
