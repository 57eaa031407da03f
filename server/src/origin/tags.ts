import { Parser } from 'htmlparser2';
import type { MetaTag } from '../model/meta-tag.ts';

/** What the page says in its head (docs/guides/rendering.md); contents as written, undefined without the tag. */
export interface PageTags {
  /** `og:plus:cache:max_age` */
  readonly maxAge?: string;
  /** `og:plus:cache:etag` */
  readonly etag?: string;
  /** `og:plus:viewport:width` */
  readonly viewportWidth?: string;
  /** `og:plus:selector` */
  readonly selector?: string;
  /** `og:plus:style` */
  readonly style?: string;
}

const names: Readonly<Record<string, keyof PageTags>> = {
  'og:plus:cache:max_age': 'maxAge',
  'og:plus:cache:etag': 'etag',
  'og:plus:viewport:width': 'viewportWidth',
  'og:plus:selector': 'selector',
  'og:plus:style': 'style',
};

// Elements that may stand in a head (HTML §4.2); the first other one begins the body.
const inHead = new Set(['html', 'head', 'meta', 'title', 'link', 'base', 'style', 'script', 'noscript', 'template']);

// Enough for nearly every head; a body of megabytes is not decoded for the sake of its head.
const pieceBytes = 32_768;

/** Reads our tags of the document's head; the first of a name counts. */
export function readPageTags(body: Uint8Array, charset: string): PageTags {
  return pageTags(readMetaTags(body, charset));
}

/** Ours among the tags of a head. */
export function pageTags(all: readonly MetaTag[]): PageTags {
  const tags: { -readonly [K in keyof PageTags]: string } = {};
  for (const { name, content } of all) {
    const key = names[name];
    if (key !== undefined) tags[key] ??= content;
  }
  return tags;
}

/**
 * Reads the meta tags of the document's head, in their order. Stops where the body begins. Broken HTML is read as far as
 * it goes.
 * @param charset a label that TextDecoder knows.
 */
export function readMetaTags(body: Uint8Array, charset: string): MetaTag[] {
  const tags: MetaTag[] = [];
  const decoder = new TextDecoder(charset);
  let templates = 0;
  let done = false;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (done) return;
      if (name === 'template') templates++;
      if (templates > 0) return;
      if (!inHead.has(name)) done = true;
      if (name !== 'meta') return;
      const called = (attributes['property'] ?? attributes['name'] ?? '').trim().toLowerCase();
      if (called !== '') tags.push({ name: called, content: attributes['content'] ?? '' });
    },
    onclosetag(name) {
      if (name === 'template' && templates > 0) templates--;
      if (name === 'head') done = true;
    },
  });
  for (let at = 0; at < body.length && !done; at += pieceBytes) {
    parser.write(decoder.decode(body.subarray(at, at + pieceBytes), { stream: true }));
  }
  return tags;
}
