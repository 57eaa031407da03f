import { htmlText } from './literals.ts';
import type { PageWords } from './snippet.ts';

// What Facebook gets. With them it shows the picture to the first person who shares the page.
const size = { width: '2400', height: '1260' };

/** Open Graph tags have a `property`, X's tags a `name`. */
export function metaTag(name: string, content: string): string {
  return `<meta ${name.startsWith('twitter:') ? 'name' : 'property'}="${name}" content="${htmlText(content)}">`;
}

/** A page's tags in order, those of its card included. */
export function tagsOfPage(page: PageWords): ReadonlyArray<readonly [name: string, content: string]> {
  const { connectionUrl, origin, target, title, description, type, siteName, options = {} } = page;
  const tags = [
    ['og:title', title],
    ['og:description', description],
    ['og:type', type ?? 'website'],
    ['og:url', origin + target],
    ['og:site_name', siteName],
    ['og:image', connectionUrl + target],
    ['og:image:width', size.width],
    ['og:image:height', size.height],
    ['twitter:card', 'summary_large_image'],
    ['og:plus:cache:max_age', options.maxAge],
    ['og:plus:viewport:width', options.viewportWidth],
    ['og:plus:delay', options.delay],
  ] as const;
  return tags.flatMap(([name, content]) =>
    content === undefined || content === null || content === '' ? [] : [[name, String(content)] as const],
  );
}

/** A page's tags as HTML, a line each, for its `<head>`. */
export function htmlTags(page: PageWords): string {
  return `${tagsOfPage(page)
    .map(([name, content]) => metaTag(name, content))
    .join('\n')}\n`;
}
