import type { MetaTag } from '../model/meta-tag.ts';

/** A page's `og:plus:` tags (docs/guides/rendering.md); contents as written, undefined without the tag. */
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

interface Tag {
  readonly key: keyof PageTags;
  /** Longer ones are ignored. */
  readonly longest: number;
}

// As long as any tag that is read: a style is code, and owners are told about an invalid max_age.
const any = Number.POSITIVE_INFINITY;

const ours: ReadonlyMap<string, Tag> = new Map<string, Tag>([
  ['og:plus:cache:max_age', { key: 'maxAge', longest: any }],
  ['og:plus:cache:etag', { key: 'etag', longest: 1000 }],
  ['og:plus:viewport:width', { key: 'viewportWidth', longest: 100 }],
  ['og:plus:selector', { key: 'selector', longest: 1000 }],
  ['og:plus:style', { key: 'style', longest: any }],
  ['og:plus:delay', { key: 'delay', longest: 100 }],
]);

/** Our tags of a document; the first of each name counts. */
export function pageTags(all: readonly MetaTag[]): PageTags {
  const tags: { -readonly [K in keyof PageTags]: string } = {};
  for (const { name, content } of all) {
    const tag = ours.get(name);
    if (tag !== undefined && content.length <= tag.longest) tags[tag.key] ??= content;
  }
  return tags;
}
