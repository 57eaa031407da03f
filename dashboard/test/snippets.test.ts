import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { describe, it } from 'node:test';
import { checkPage, imageOf } from '../../server/src/cards/inspect/page-check.ts';
import { readDocument } from '../../server/src/document/read-document.ts';
import { frameworkNames } from '../../server/src/model/frameworks.ts';
import type { MetaTag } from '../../server/src/model/meta-tag.ts';
import { html } from '../../server/src/snippets/frameworks/html.ts';
import { nextjs } from '../../server/src/snippets/frameworks/nextjs.ts';
import { wordpress } from '../../server/src/snippets/frameworks/wordpress.ts';
import { frameworkOf, frameworks } from '../../server/src/snippets/frameworks.ts';
import type { Framework, Snippet } from '../../server/src/snippets/snippet.ts';
import { clientFrameworks } from '../../server/test/snippets/run.ts';
import { text } from '../src/text/text.ts';

const connectionUrl = 'https://mlghbepw.cards.example.com';
const origin = 'https://example.com';
const codeOf = ({ code }: Snippet) => code({ connectionUrl, origin });
const all = ({ tags, freshness }: Framework) => [...tags, ...freshness];
const snippet = (framework: Framework, id: Snippet['id']): string => {
  const found = all(framework).find((one) => one.id === id);
  assert.ok(found);
  return codeOf(found);
};
const metaTags = (markup: string): readonly MetaTag[] =>
  readDocument(new TextEncoder().encode(`<!doctype html><html><head>${markup}</head></html>`), []).reading.metaTags;

describe('the snippets of every framework', () => {
  for (const framework of frameworks) {
    it(`carry the connection address once: ${frameworkNames[framework.id]}`, () => {
      const code = framework.tags.map(codeOf).join('\n');
      assert.equal(code.split(connectionUrl).length, 2);
    });

    it(`name all that networks ask for: ${frameworkNames[framework.id]}`, () => {
      const code = framework.tags.map(codeOf).join('\n');
      const usesClient = clientFrameworks.some((id) => id === framework.id);
      // The client writes all of them.
      const named = ['og:title', 'og:type', 'og:url', 'og:image', 'twitter:card', 'summary_large_image'];
      for (const name of usesClient ? ["from '@ogplus/client'", 'og.tags('] : named)
        assert.ok(code.includes(name), name);
    });

    it(`say where they go and what they are for, and end with a line: ${frameworkNames[framework.id]}`, () => {
      for (const one of all(framework)) {
        assert.match(one.file, /^[\w./[\]+-]+\.\w+$|^(public|static)\/_headers$|^Terminal$/);
        assert.ok(one.id in text.install.steps, one.id);
        assert.match(codeOf(one), /[^\n]\n$/);
        assert.doesNotMatch(codeOf(one), /undefined|\$\{connectionUrl\}|\[object/);
      }
    });
  }

  it('have names of their own', () => {
    const ids = frameworks.flatMap(all).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(new Set(ids), new Set(Object.keys(text.install.steps)));
  });

  it('are those of plain HTML where none is chosen', () => {
    assert.equal(frameworkOf(null), html);
    assert.equal(frameworkOf('fortran'), html);
    assert.equal(frameworkOf('django').id, 'django');
  });
});

describe('the tags of plain HTML', () => {
  it('are found right by the check', () => {
    const tags = metaTags(snippet(html, 'htmlTags'));
    const image = new URL(imageOf(tags) ?? '');
    assert.equal(image.origin, connectionUrl);
    const named = { kind: 'card', origin: null, ignored: [], target: image.pathname + image.search } as const;
    const findings = checkPage(tags, [{ origin, target: '/blog/hello' }], named);
    assert.deepEqual(
      findings.filter(({ level }) => level !== 'good'),
      [],
    );
  });

  it('say a lifetime that counts', () => {
    const tag = metaTags(snippet(html, 'htmlMaxAge'))[0];
    assert.deepEqual(tag, { name: 'og:plus:cache:max_age', content: '3600' });
  });
});

describe('the templates', () => {
  // What a template says between its braces is text to a parser of HTML: the tags around it are what is looked at.
  const templates = [
    ['django', 'djangoTemplate'],
    ['laravel', 'laravelComponent'],
    ['hugo', 'hugoPartial'],
    ['hugo', 'hugoVersion'],
  ] as const;
  for (const [id, name] of templates) {
    it(`are tags with a name and a content each: ${name}`, () => {
      const code = snippet(frameworkOf(id), name);
      const tags = metaTags(code.replaceAll(/\{%.*?%\}|\{\{.*?\}\}/g, 'x').replaceAll(/^\s*@.*$/gm, ''));
      assert.equal(tags.length, code.split('<meta').length - 1);
      for (const { content } of tags) assert.notEqual(content, '');
    });
  }
});

describe('the code of Next.js', () => {
  const load = async (code: string) =>
    import(`data:text/javascript,${encodeURIComponent(stripTypeScriptTypes(code, { mode: 'strip' }))}`);

  it('configures headers', async () => {
    const { default: config } = await load(snippet(nextjs, 'nextDynamic'));
    const [rule] = await config.headers();
    assert.deepEqual(rule.headers, [{ key: 'CDN-Cache-Control', value: 'max-age=3600' }]);
  });
});

describe('code of JavaScript', () => {
  const scriptOf = (code: string) =>
    /^---\n(.*?)^---$/ms.exec(code)?.[1] ?? /<script[^>]*>(.*?)<\/script>/s.exec(code)?.[1] ?? code;
  for (const id of clientFrameworks) {
    it(`can be read: ${frameworkNames[id]}`, () => {
      for (const one of all(frameworkOf(id)).filter(({ file }) => /\.(m?jsx?|vue|svelte|astro)$/.test(file))) {
        assert.doesNotThrow(() => stripTypeScriptTypes(scriptOf(codeOf(one))), one.id);
      }
    });
  }
});

describe('code that calls the client', () => {
  // Pieces of the example sites, which tests run, as the snippets have them: with the addresses in place of the
  // environment, and a post in place of what the example is about.
  const examples: ReadonlyArray<
    readonly [example: string, snippet: string, changes: Record<string, string>, pieces: readonly string[]]
  > = [
    [
      'nextjs/lib/og.js',
      'nextLib',
      {
        'process.env.OGPLUS_CONNECTION_URL': `'${connectionUrl}'`,
        'process.env.SITE_URL': `'${origin}'`,
        '({\n  ': '({ ',
      },
      [
        "import { createOgPlus } from '@ogplus/client';",
        'export const og = createOgPlus({\n  connectionUrl: process.env.OGPLUS_CONNECTION_URL',
        'export const pageUrl = (path) => new URL(path, process.env.SITE_URL);',
      ],
    ],
    [
      'nextjs/app/journeys/[slug]/page.jsx',
      'nextPage',
      { journeys: 'blog', 'journey.text': 'post.summary', 'journey.': 'post.' },
      [
        "import { toNextMetadata } from '@ogplus/client';",
        'export async function generateMetadata({ params }) {\n  const { slug } = await params;',
        'const tags = og.tags({\n    page: pageUrl(`/journeys/$' + '{slug}`),',
        'title: journey.title,\n    description: journey.text,',
        'return { title: journey.title, description: journey.text, ...toNextMetadata(tags) };',
      ],
    ],
    [
      'nuxt/app/composables/useCard.js',
      'nuxtComposable',
      { "siteName: 'Herbarium', ": '' },
      [
        "import { createOgPlus, toUnhead } from '@ogplus/client';",
        'export function useCard(options) {',
        "useHead({ title: options.title, ...toUnhead(og.tags({ page, siteName: 'Herbarium', ...options })) });",
      ],
    ],
    [
      'sveltekit/src/lib/server/og.js',
      'svelteLib',
      { 'env.OGPLUS_CONNECTION_URL': `'${connectionUrl}'`, 'env.SITE_URL': `'${origin}'` },
      [
        'export const og = createOgPlus({ connectionUrl: env.OGPLUS_CONNECTION_URL });',
        'export const pageUrl = (path) => new URL(path, env.SITE_URL);',
      ],
    ],
    [
      'sveltekit/src/routes/sky/+page.svelte',
      'sveltePage',
      {},
      ["import { OgTags } from '@ogplus/client/svelte';", 'let { data } = $props();', '<OgTags tags={data.tags} />'],
    ],
    [
      'astro/src/lib/og.js',
      'astroLib',
      { 'process.env.OGPLUS_CONNECTION_URL': `'${connectionUrl}'` },
      ['export const og = createOgPlus({ connectionUrl: process.env.OGPLUS_CONNECTION_URL });'],
    ],
    [
      'astro/src/layouts/Page.astro',
      'astroLayout',
      {},
      [
        "import { OgTags } from '@ogplus/client/astro';",
        "import { og } from '../lib/og.js';",
        '<title>{title}</title>\n    <OgTags tags={tags} />',
      ],
    ],
  ];
  const snippets = frameworks.flatMap(all);
  for (const [example, id, changes, pieces] of examples) {
    it(`says it as the example does: ${id}`, () => {
      const known = readFileSync(new URL(`../../examples/${example}`, import.meta.url), 'utf8');
      const found = snippets.find((one) => one.id === id);
      assert.ok(found);
      for (const piece of pieces) {
        assert.ok(known.includes(piece), `the example has no ${piece}`);
        const own = Object.entries(changes).reduce((code, [from, to]) => code.replaceAll(from, to), piece);
        assert.ok(codeOf(found).includes(own), `the snippet has no ${own}`);
      }
    });
  }
});

describe('the code of WordPress', () => {
  it('says the words of one page before its own', () => {
    const words = { connectionUrl, origin, target: '/blog/hello?a=b', title: "It's", description: null };
    const [code] = wordpress.page(words);
    assert.match(code?.code ?? '', /PHP_URL_PATH \) !== '\/blog\/hello' .*'It\\'s' .*, -1 \);/s);
  });
});
