import assert from 'node:assert/strict';
import { stripTypeScriptTypes } from 'node:module';
import { describe, it } from 'node:test';
import { checkPage, imageOf } from '../../server/src/cards/inspect/page-check.ts';
import { readDocument } from '../../server/src/document/read-document.ts';
import type { MetaTag } from '../../server/src/model/meta-tag.ts';
import { astro } from '../src/screens/install/snippets/astro.ts';
import { frameworkOf, frameworks } from '../src/screens/install/snippets/frameworks.ts';
import { html } from '../src/screens/install/snippets/html.ts';
import { nextjs } from '../src/screens/install/snippets/nextjs.ts';
import type { Framework, Snippet } from '../src/screens/install/snippets/snippet.ts';
import { text } from '../src/text/text.ts';

const connectionUrl = 'https://mlghbepw.cards.example.com';
const origin = 'https://example.com';
const codeOf = ({ code }: Snippet) => code(connectionUrl, origin);
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
    it(`carry the connection address once: ${framework.name}`, () => {
      const code = framework.tags.map(codeOf).join('\n');
      assert.equal(code.split(connectionUrl).length, 2);
    });

    it(`name all that networks ask for: ${framework.name}`, () => {
      const code = framework.tags.map(codeOf).join('\n');
      const named = framework === nextjs ? [] : ['og:title', 'og:type', 'og:url', 'og:image', 'twitter:card'];
      for (const name of [...named, 'summary_large_image']) assert.ok(code.includes(name), name);
    });

    it(`say where they go and what they are for, and end with a line: ${framework.name}`, () => {
      for (const one of all(framework)) {
        assert.match(one.file, /^[\w./[\]-]+\.\w+$|^(public|static)\/_headers$/);
        assert.ok(text.install.steps[one.id].length > 0);
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
    assert.equal(frameworkOf('django').name, 'Django');
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

  it('gives a page its card, encoded as addresses are', async () => {
    const { cardOf } = await load(snippet(nextjs, 'nextCard'));
    const { title, openGraph, twitter } = cardOf({ path: '/blog/grün?a=1&b=x y', title: 'Grün' });
    assert.equal(title, 'Grün');
    assert.equal(openGraph.images[0].url, `${connectionUrl}/blog/gr%C3%BCn?a=1&b=x%20y`);
    assert.equal(openGraph.url, `${origin}/blog/gr%C3%BCn?a=1&b=x%20y`);
    assert.equal(twitter.card, 'summary_large_image');
  });

  it('leaves alone what is encoded already', async () => {
    const { cardOf } = await load(snippet(nextjs, 'nextCard'));
    const { openGraph } = cardOf({ path: '/blog/gr%C3%BCn', title: '' });
    assert.equal(openGraph.images[0].url, `${connectionUrl}/blog/gr%C3%BCn`);
  });

  it('never leads to another host', async () => {
    const { cardOf } = await load(snippet(nextjs, 'nextCard'));
    const { openGraph } = cardOf({ path: '//elsewhere.example/a', title: '' });
    assert.equal(openGraph.images[0].url, `${connectionUrl}//elsewhere.example/a`);
  });

  it('configures headers', async () => {
    const { default: config } = await load(snippet(nextjs, 'nextDynamic'));
    const [rule] = await config.headers();
    assert.deepEqual(rule.headers, [{ key: 'CDN-Cache-Control', value: 'max-age=3600' }]);
  });

  it('can be read as TypeScript throughout', () => {
    for (const one of all(nextjs)) assert.doesNotThrow(() => stripTypeScriptTypes(codeOf(one)), one.id);
  });
});

describe('the code of Astro', () => {
  it('has frontmatter that can be read, and tags after it', () => {
    for (const one of astro.tags) {
      const [, frontmatter = '', markup = ''] = codeOf(one).split(/^---$/m);
      assert.doesNotThrow(() => stripTypeScriptTypes(frontmatter), one.id);
      assert.match(markup, /</);
    }
  });

  it('puts the address together without a parser that could mistake a path for a host', () => {
    assert.match(snippet(astro, 'astroComponent'), /connectionUrl \+ target/);
  });
});
