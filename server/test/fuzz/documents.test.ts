import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { renderOptionsOf } from '../../src/cards/render-options.ts';
import { charsetOf } from '../../src/http-syntax/charset.ts';
import { generic } from '../../src/model/consumers.ts';
import { readMetaTags } from '../../src/origin/meta-tags.ts';
import { readPageTags } from '../../src/origin/tags.ts';
import { asciiCompatible } from '../../src/render/document/ascii-compatible.ts';
import { htmlTag } from '../../src/render/document/html-tag.ts';
import { languageOf } from '../../src/render/document/language.ts';
import { prepareDocument } from '../../src/render/document/prepare-document.ts';
import { templateCard } from '../../src/render/document/template-card.ts';
import { growsEvenly, holds, texts } from '../harness/fuzz.ts';

const html = texts(
  '<html>',
  '<html',
  ' lang="de"',
  '<head>',
  '</head>',
  '<body>',
  '</body>',
  '<template id="ogplus">',
  '<template',
  '</template>',
  '<meta property="og:plus:selector" content="',
  '<meta name=',
  'charset="utf-16"',
  '">',
  '>',
  '<!--',
  '-->',
  '<!doctype html>',
  '<script>',
  '</script>',
  '<style>',
  '<title>',
  '</',
  '<',
  '"',
  "'",
  '&amp;',
  '&#0;',
  '\ufeff',
  '\0',
  'text',
  '<svg>',
  '<![CDATA[',
);
const bytes = fc.oneof(
  html.map((text) => Buffer.from(text)),
  html.map((text) => Buffer.from(text, 'utf16le')),
  fc.uint8Array({ maxLength: 300 }).map((raw) => Buffer.from(raw)),
);
const documentOf = (body: Buffer, type = 'text/html') => ({
  url: 'https://example.com/',
  status: 200,
  headers: [['content-type', type] as const],
  body,
});

describe('whatever a document holds', () => {
  it('its tags are read', () => {
    holds(bytes, (body) => {
      const charset = charsetOf([], body);
      const tags = readPageTags(body, charset);
      for (const { name } of readMetaTags(body, charset)) assert.equal(name, name.trim().toLowerCase());
      renderOptionsOf(tags);
    });
  });

  it('it is prepared, and loses nothing', () => {
    holds(bytes, (found) => {
      const { body } = asciiCompatible(documentOf(found, 'text/html; charset=latin1'));
      const { at } = htmlTag(body);
      assert.ok(at >= 0 && at <= body.length);
      const prepared = prepareDocument(documentOf(body, 'text/html; charset=latin1'), generic.spec, {});
      if (prepared.mode !== 'page') return;
      assert.ok(prepared.body.includes(' data-ogplus=""'));
      const inserted = prepared.body.length - body.length;
      const without = Buffer.concat([prepared.body.subarray(0, at), prepared.body.subarray(at + inserted)]);
      assert.deepEqual(without, body);
    });
  });

  it('its template is a part of it', () => {
    holds(bytes, (body) => {
      const card = templateCard(body, ['ogplus']);
      // Its head may hold the template itself once more.
      if (card !== undefined) assert.ok(card.length <= 2 * body.length + '<body></body></html>'.length);
    });
  });

  it('it has a language', () => {
    holds(bytes, (body) => assert.match(languageOf(body), /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}$/));
  });
});

describe('a document that is long', () => {
  const work = (text: string) => {
    const body = Buffer.from(text);
    readMetaTags(body, 'utf-8');
    prepareDocument(documentOf(body), generic.spec, {});
    languageOf(body);
    charsetOf([], body);
  };
  const pieces = [
    '<',
    '<a',
    '<a ',
    '<a b=',
    '<a b="',
    '<!--',
    '-->',
    '<html ',
    '<html x',
    '<template>',
    '<template id="x">',
    '<div>',
    '</div>',
    '<script>',
    '<meta name=a>',
    '<title>',
    '&',
    '&amp',
    '\0',
    ' ',
    '<![CDATA[',
    '</template>',
  ];
  for (const piece of pieces) {
    it(`costs no more than its length: ${JSON.stringify(piece)}`, () => {
      growsEvenly(piece, work);
      growsEvenly(piece, work, '<template id="ogplus">');
      growsEvenly(piece, work, '<html><head>', '<template id="ogplus">x</template>');
    });
  }
});
