import * as client from '../../../client/src/index.ts';
import type { Tag } from '../../../client/src/tags.ts';
import type { FrameworkId } from '../../src/model/frameworks.ts';
import { frameworkOf } from '../../src/snippets/frameworks.ts';
import { type Code, codeOf, type PageWords } from '../../src/snippets/snippet.ts';

type Values = Record<string, unknown>;

/** Frameworks whose snippets are JavaScript that calls `@ogplus/client`. */
export const clientFrameworks = ['nextjs', 'nuxt', 'sveltekit', 'astro'] as const satisfies readonly FrameworkId[];

/**
 * Runs a module's code with the real client.
 * @param around what the framework, or another file of the site, gives it; by name.
 * @returns what it exports.
 */
function run(code: string, around: Values = {}): Values {
  const exported: Values = {};
  const names: string[] = [];
  const script = code
    // What it imports is the client, or is around it.
    .replace(/^import .*;$/gm, '')
    .replace(/^export (?:async )?function (\w+)/gm, (line, name: string) => {
      names.push(name);
      return line.replace('export ', '');
    })
    .replace(/^export const (\w+) =/gm, (_, name: string) => {
      names.push(name);
      return `const ${name} =`;
    });
  const all: Values = { ...client, ...around };
  const body = new Function(...Object.keys(all), `${script}\nreturn { ${names.join(', ')} };`);
  return Object.assign(exported, body(...Object.values(all)));
}

type Call = (...given: unknown[]) => unknown;

/** The tags that a page has by its own snippet, among those of its website. */
export function tagsOfSnippets(id: (typeof clientFrameworks)[number], page: readonly Code[], words: PageWords): string {
  const framework = frameworkOf(id);
  const site = framework.tags.map((one) => codeOf(one, words));
  const fileOf = (name: string) => site.find(({ file }) => file.endsWith(name))?.code ?? '';
  const url = new URL(words.origin + words.target);
  const post = { updatedAt: 7 };
  const [{ code } = { code: '' }] = page;
  if (id === 'nextjs') {
    const { generateMetadata } = run(code, { ...run(fileOf('og.js')), post });
    return htmlOfMetadata((generateMetadata as () => Metadata)());
  }
  if (id === 'sveltekit') {
    const { load } = run(code, { ...run(fileOf('og.js')), post });
    return client.toHtml((load as () => { tags: Tag[] })().tags);
  }
  if (id === 'nuxt') {
    let head: { meta: Tag[] } = { meta: [] };
    const around = {
      useRoute: () => ({ path: url.pathname, fullPath: words.target }),
      useHead: (given: typeof head) => {
        head = given;
      },
    };
    const { useCard } = run(fileOf('useCard.js'), around);
    run(code.replace(/<\/?script[^>]*>/g, ''), { useCard: useCard as Call, post });
    return client.toHtml(head.meta);
  }
  const [, props = ''] = /<Page (.*?)>\n/.exec(code) ?? [];
  const { given } = run(`export const given = { ${props.replace(/(\w+)=\{(.*?)\}(?= \w+=|$)/g, '$1: $2,')} };`, {
    post,
  });
  const [, frontmatter = ''] = fileOf('Page.astro').split(/^---$/m);
  const Astro = { url, site: new URL(words.origin), props: given };
  const { tags } = run(frontmatter.replace('const tags', 'export const tags'), { ...run(fileOf('og.js')), Astro });
  return client.toHtml(tags as Tag[]);
}

interface Metadata {
  readonly openGraph: Values & { readonly images?: ReadonlyArray<{ url: string; width?: number; height?: number }> };
  readonly twitter: { readonly card: string };
  readonly other: Record<string, string>;
}

/** As Next.js writes it. */
function htmlOfMetadata({ openGraph, twitter, other }: Metadata): string {
  const { images = [], siteName, ...texts } = openGraph;
  const tags: Tag[] = [
    ...Object.entries(texts).map(([name, content]) => ({ property: `og:${name}`, content: String(content) })),
    ...images.map(({ url }) => ({ property: 'og:image', content: url })),
    ...(siteName === undefined ? [] : [{ property: 'og:site_name', content: String(siteName) }]),
    { name: 'twitter:card', content: twitter.card },
    ...Object.entries(other).map(([name, content]) => ({ name, content })),
  ];
  return client.toHtml(tags);
}
