import { jsString } from './literals.ts';
import { partsOf } from './page-path.ts';
import type { PageWords } from './snippet.ts';

/**
 * The options of `og.tags` in `@ogplus/client` for a page, a line each.
 * @param page how the page's address is written; null: it is known already.
 */
export function clientOptions(words: PageWords, page: ((path: string) => string) | null): string[] {
  const { target, title, description, type, siteName, options = {} } = words;
  const { maxAge, viewportWidth, delay, isVersioned = false } = options;
  const cache = [
    ...(maxAge === undefined ? [] : [`maxAge: ${maxAge}`]),
    ...(isVersioned ? ['etag: post.updatedAt'] : []),
  ];
  return [
    ...(page === null ? [] : [`page: ${page(jsString(target))},`]),
    // Without it, the client leaves the query out.
    ...(partsOf(target).hasQuery ? ["query: 'keep',"] : []),
    `title: ${jsString(title)},`,
    ...(description === null ? [] : [`description: ${jsString(description)},`]),
    ...(type === undefined ? [] : [`type: ${jsString(type)},`]),
    ...(siteName === undefined ? [] : [`siteName: ${jsString(siteName)},`]),
    ...(cache.length === 0 ? [] : [`cache: { ${cache.join(', ')} },`]),
    ...(viewportWidth === undefined ? [] : [`viewportWidth: ${viewportWidth},`]),
    ...(delay === undefined ? [] : [`delay: ${delay},`]),
  ];
}

/** The lines, indented. */
export function indented(lines: readonly string[], by: string): string {
  return lines.map((line) => `${by}${line}\n`).join('');
}
