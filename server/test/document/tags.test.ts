import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readDocument } from '../../src/document/read-document.ts';
import { pageTags } from '../../src/origin/tags.ts';

const tag = (content: string, name = 'og:title') => `<meta property="${name}" content="${content}">`;
const read = (html: string | Buffer) => readDocument(Buffer.from(html), []).reading.metaTags;
const found = (html: string | Buffer) => read(html).map(({ content }) => content);

describe('the tags of a page', () => {
  for (const [where, html, contents] of [
    ['in its head', `<head>${tag('a')}${tag('b')}</head><body><p>x`, ['a', 'b']],
    ['in its body', `<head></head><body><p>x</p><div hidden>${tag('a')}</div></body>`, ['a']],
    ['in both, the head first', `<head>${tag('a')}</head><body>${tag('b')}`, ['a', 'b']],
    ['behind its body', `<body>x</body>${tag('a')}`, ['a']],
    ['behind its end', `<html><body>x</body></html>${tag('a')}`, ['a']],
    ['without a head', tag('a'), ['a']],
    ['behind things left open', `<body><p><ul><li><b>x<table><tr><td>${tag('a')}`, ['a']],
    ['with a tag in its text', `<body>${tag('a &lt;b> <i> c')}`, ['a <b> <i> c']],
    ['with what looks like one behind it', `${tag('a')}<script>"<meta name=x content=y>"</script>`, ['a']],
    ['behind an end tag too many', `<body></div></template></svg>${tag('a')}`, ['a']],
    ['behind drawings', `<body><svg/><svg><title/><path></svg>${tag('a')}`, ['a']],
    ['in capitals', `<BODY><META NAME="OG:Title" CONTENT="a">`, ['a']],
    ['self-closed', `<body><meta name="x" content="a"/>`, ['a']],
    ['cut off', `<body>${tag('a')}<meta property="og:x" content="b`, ['a']],
  ] as const) {
    it(`are read ${where}`, () => assert.deepEqual(found(html), contents));
  }

  for (const [where, html] of [
    ['a template', `<template>${tag('a')}</template>`],
    ['a template in a template', `<template><template></template>${tag('a')}</template>`],
    ['a noscript', `<head><noscript>${tag('a')}</noscript></head>`],
    ['a drawing', `<body><svg><metadata>${tag('a')}</metadata></svg>`],
    ['a formula', `<body><math>${tag('a')}</math>`],
    ['a script', `<script>document.write('${tag('a')}')</script>`],
    ['a style', `<style>/* ${tag('a')} */</style>`],
    ['a title', `<title>${tag('a')}</title>`],
    ['a text field', `<body><textarea>${tag('a')}</textarea>`],
    ['a comment', `<!-- ${tag('a')} -->`],
    ['an attribute', `<body><iframe srcdoc='${tag('a')}'></iframe>`],
  ] as const) {
    it(`are not what stands in ${where}`, () => {
      assert.deepEqual(found(html), []);
      assert.deepEqual(found(`${html}${tag('b')}`), ['b']);
    });
  }

  it('are ours by their name, the first of a name', () => {
    const ours = tag('60', 'og:plus:cache:max_age');
    const html = `<head></head><body>${ours}${tag('5', 'og:plus:cache:max_age')}`;
    assert.deepEqual(pageTags(read(html)), { maxAge: '60' });
  });

  it('are read in the encoding of the page', () => {
    const bytes = Buffer.from(`\ufeff<body><p>x${tag('ä')}`, 'utf16le');
    assert.deepEqual(found(bytes), ['ä']);
  });

  it('are read as far as networks read, and no further', () => {
    const text = 'x'.repeat(1000);
    const far = (paragraphs: number) => `<body>${`<p>${text}</p>`.repeat(paragraphs)}${tag('a')}`;
    assert.deepEqual(found(far(900)), ['a']);
    assert.deepEqual(found(far(1100)), []);
  });

  it('are a thousand at most', () => {
    assert.equal(found(tag('a').repeat(10_000)).length, 1000);
  });
});
