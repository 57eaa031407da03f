import type { MetaTag } from '../model/meta-tag.ts';

/** What the page says in tags of ours (docs/guides/rendering.md); contents as written, undefined without the tag. */
export interface PageTags {
  /** `og:plus:cache:max_age` */
  readonly maxAge?: string;
  /** `og:plus:cache:etag` */
  readonly etag?: string;
  /** `og:plus:viewport:width` */
  readonly viewportWidth?: string;
  /** `og:plus:selector` */
  readonly selector?: string;
  /** `og:plus:delay` */
  readonly delay?: string;
  /** `og:plus:style` */
  readonly style?: string;
}

const names: Readonly<Record<string, keyof PageTags>> = {
  'og:plus:cache:max_age': 'maxAge',
  'og:plus:cache:etag': 'etag',
  'og:plus:viewport:width': 'viewportWidth',
  'og:plus:selector': 'selector',
  'og:plus:style': 'style',
  'og:plus:delay': 'delay',
};

/** Ours among the tags of a document; the first of a name counts. */
export function pageTags(all: readonly MetaTag[]): PageTags {
  const tags: { -readonly [K in keyof PageTags]: string } = {};
  for (const { name, content } of all) {
    const key = names[name];
    if (key !== undefined) tags[key] ??= content;
  }
  return tags;
}
