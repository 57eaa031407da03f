import type { Tag } from './tags.ts';

/** The tags as HTML, a line each, for a page's `<head>`. */
export function toHtml(tags: readonly Tag[]): string {
  return tags
    .map((tag) => {
      const [kind, name] = 'property' in tag ? ['property', tag.property] : ['name', tag.name];
      return `<meta ${kind}="${escaped(name)}" content="${escaped(tag.content)}">`;
    })
    .join('\n');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** What `meta` of React Router and `head` of TanStack Start take: `head: () => ({ meta: toMetaDescriptors(tags) })`. */
export function toMetaDescriptors(tags: readonly Tag[]): Tag[] {
  return tags.map((tag) => ({ ...tag }));
}

/** What unhead takes, in Nuxt and Vue: `useHead(toUnhead(tags))`. */
export function toUnhead(tags: readonly Tag[]): { meta: Tag[] } {
  return { meta: toMetaDescriptors(tags) };
}
