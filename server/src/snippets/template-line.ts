import { metaTag } from './html-tags.ts';
import type { TagName } from './snippet.ts';

const values: Readonly<Partial<Record<TagName, string>>> = {
  'og:plus:cache:max_age': '3600',
  'og:plus:viewport:width': '1200',
  'og:plus:delay': '2',
};

/**
 * The lines of a template that write a tag; of our own tags, which no template writes at first, the tag itself.
 * @param etag what writes og:plus:cache:etag.
 */
export function templateLine(template: string, tag: TagName, etag: string): string {
  const value = values[tag];
  if (value !== undefined) return `${metaTag(tag, value)}\n`;
  if (tag === 'og:plus:cache:etag') return `${etag}\n`;
  // Its size belongs to the picture.
  const names = tag === 'og:image' ? [tag, `${tag}:width`, `${tag}:height`] : [tag];
  const isWanted = (line: string) => names.some((name) => line.includes(`"${name}"`) || line.includes(`'${name}'`));
  return `${template
    .split('\n')
    .filter(isWanted)
    .map((line) => line.trim())
    .join('\n')}\n`;
}
