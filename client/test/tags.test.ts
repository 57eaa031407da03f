import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readDocument } from '../../server/src/document/read-document.ts';
import { createOgPlus, toHtml, toMetaDescriptors, toNextMetadata, toUnhead } from '../src/index.ts';

const connectionUrl = 'https://mlghbepw.cards.example.com';
const og = createOgPlus({ connectionUrl });
const page = 'https://example.com/blog/hello?ref=home#top';
const minimal = og.tags({ page, title: 'Hello' });
const whole = og.tags({
  page,
  title: 'Tea & "Cake"',
  description: '</head><script>alert(1)</script>',
  type: 'article',
  siteName: "Ada's",
  locale: 'en_GB',
  alt: 'A pot',
  version: 4,
  cache: { maxAge: 3600, etag: '7' },
  selector: '#card',
  style: 'background: url("a.png")',
  viewportWidth: 900,
  delay: 1.5,
  card: 'summary',
});
const asPairs = (tags: typeof whole) => tags.map((tag) => ['property' in tag ? tag.property : tag.name, tag.content]);

describe('the tags of a page', () => {
  it('are those that networks need, with nothing but page and title', () => {
    assert.deepEqual(asPairs(minimal), [
      ['og:title', 'Hello'],
      ['og:type', 'website'],
      ['og:url', 'https://example.com/blog/hello'],
      ['og:image', `${connectionUrl}/blog/hello`],
      ['og:image:width', '2400'],
      ['og:image:height', '1260'],
      ['twitter:card', 'summary_large_image'],
    ]);
  });

  it('are all that is given', () => {
    assert.deepEqual(asPairs(whole), [
      ['og:title', 'Tea & "Cake"'],
      ['og:description', '</head><script>alert(1)</script>'],
      ['og:type', 'article'],
      ['og:url', 'https://example.com/blog/hello'],
      ['og:site_name', "Ada's"],
      ['og:locale', 'en_GB'],
      ['og:image', `${connectionUrl}/blog/hello?ogplus_v=4`],
      ['og:image:width', '2400'],
      ['og:image:height', '1260'],
      ['og:image:alt', 'A pot'],
      ['twitter:card', 'summary'],
      ['og:plus:cache:max_age', '3600'],
      ['og:plus:cache:etag', '7'],
      ['og:plus:selector', '#card'],
      ['og:plus:style', 'background: url("a.png")'],
      ['og:plus:viewport:width', '900'],
      ['og:plus:delay', '1.5'],
    ]);
  });

  it('leave out what is empty, as fields of a CMS are', () => {
    const tags = og.tags({ page: '/x', title: 'T', description: null, siteName: '', cache: { maxAge: 0, etag: 0 } });
    const names = asPairs(tags).map(([name]) => name);
    assert.ok(!names.includes('og:description') && !names.includes('og:site_name') && !names.includes('og:url'));
    assert.deepEqual(asPairs(tags).slice(-2), [
      ['og:plus:cache:max_age', '0'],
      ['og:plus:cache:etag', '0'],
    ]);
  });

  it('say what is wrong', () => {
    assert.throws(() => og.tags({ page, title: ' ' }), /needs a title/);
    assert.throws(() => og.tags({ page, title: 'T', cache: { maxAge: 1.5 } }), /cache\.maxAge must be a whole number/);
    assert.throws(() => og.tags({ page, title: 'T', cache: { maxAge: -1 } }), /cache\.maxAge/);
    assert.throws(() => og.tags({ page, title: 'T', viewportWidth: 200 }), /viewportWidth .* from 320 to 2400/);
    assert.throws(() => og.tags({ page, title: 'T', delay: 31 }), /delay .* from 0 to 30/);
  });
});

describe('the tags as HTML', () => {
  it('are read by the service as they were meant, whatever is in them', () => {
    const document = `<!doctype html><html><head>${toHtml(whole)}</head><body></body></html>`;
    const { metaTags } = readDocument(new TextEncoder().encode(document), []).reading;
    assert.deepEqual(
      metaTags.map(({ name, content }) => [name, content]),
      asPairs(whole),
    );
  });

  it('cannot leave their attribute or their element', () => {
    assert.doesNotMatch(toHtml(whole), /<(?!meta )/);
    const evil = toHtml([{ property: 'og:x" onload="y', content: `'"><&` }]);
    assert.equal(evil, '<meta property="og:x&quot; onload=&quot;y" content="&#39;&quot;&gt;&lt;&amp;">');
  });
});

describe('the tags of a framework', () => {
  it('are whole in Next.js', () => {
    assert.deepEqual(toNextMetadata(whole), {
      openGraph: {
        type: 'article',
        title: 'Tea & "Cake"',
        description: '</head><script>alert(1)</script>',
        url: 'https://example.com/blog/hello',
        siteName: "Ada's",
        locale: 'en_GB',
        images: [{ url: `${connectionUrl}/blog/hello?ogplus_v=4`, width: 2400, height: 1260, alt: 'A pot' }],
      },
      twitter: { card: 'summary' },
      other: {
        'og:plus:cache:max_age': '3600',
        'og:plus:cache:etag': '7',
        'og:plus:selector': '#card',
        'og:plus:style': 'background: url("a.png")',
        'og:plus:viewport:width': '900',
        'og:plus:delay': '1.5',
      },
    });
  });

  it('keep a type that Next.js does not know', () => {
    const { openGraph, other } = toNextMetadata(og.tags({ page, title: 'T', type: 'product' }));
    assert.equal(openGraph.type, undefined);
    assert.deepEqual(other, { 'og:type': 'product' });
  });

  it('are lists of descriptors in React Router, TanStack, Nuxt and Vue', () => {
    assert.deepEqual(toMetaDescriptors(minimal)[0], { property: 'og:title', content: 'Hello' });
    assert.deepEqual(toMetaDescriptors(minimal).at(-1), { name: 'twitter:card', content: 'summary_large_image' });
    assert.deepEqual(toUnhead(minimal), { meta: minimal });
  });
});
