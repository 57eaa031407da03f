import type { PageOptions, PageWords, TagName } from './snippet.ts';

const options: Readonly<Partial<Record<TagName, PageOptions>>> = {
  'og:plus:cache:max_age': { maxAge: 3600 },
  'og:plus:cache:etag': { isVersioned: true },
  'og:plus:viewport:width': { viewportWidth: 1200 },
  'og:plus:delay': { delay: 2 },
};

/** The page with the option that the client writes this tag of; it writes the others by itself. */
export function withTag(words: PageWords, tag: TagName): PageWords {
  return { ...words, options: { ...words.options, ...options[tag] } };
}
