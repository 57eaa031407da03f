import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { renderOptionsOf } from '../../src/cards/render-options.ts';
import { readDocument } from '../../src/document/read-document.ts';
import { generic } from '../../src/model/consumers.ts';
import { pageTags } from '../../src/origin/tags.ts';
import { prepareDocument } from '../../src/render/document/prepare-document.ts';
import { fetchedDocument } from '../harness/documents.ts';
import { growsEvenly, holds, runs, texts } from '../harness/fuzz.ts';

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
const headersOf = (type: string) => [['content-type', type] as const];
const latin1 = headersOf('text/html; charset=latin1');

describe('whatever a document holds', () => {
  it('its tags are read', () => {
    holds(bytes, (body) => {
      const { metaTags } = readDocument(body, []).reading;
      for (const { name } of metaTags) assert.equal(name, name.trim().toLowerCase());
      renderOptionsOf(pageTags(metaTags));
    });
  });

  it('it is prepared, and loses nothing', () => {
    holds(bytes, (found) => {
      const document = fetchedDocument({ headers: latin1, body: found });
      const { body, reading } = document;
      const { at } = reading.htmlTag;
      assert.ok(at >= 0 && at <= body.length);
      const prepared = prepareDocument(document, generic.spec, {});
      if (prepared.mode !== 'page') return;
      assert.ok(prepared.body.includes(' data-ogplus=""'));
      const inserted = prepared.body.length - body.length;
      const without = Buffer.concat([prepared.body.subarray(0, at), prepared.body.subarray(at + inserted)]);
      assert.deepEqual(without, Buffer.from(body));
    });
  });

  it('its parts lie in it', () => {
    holds(bytes, (found) => {
      const { body, reading } = readDocument(found, latin1);
      const { templates, headEnd, bodyTag = { start: 0, end: 0 } } = reading;
      for (const { start, end } of [...templates, bodyTag, { start: 0, end: headEnd }]) {
        assert.ok(start >= 0 && start <= end && end <= body.length);
      }
      for (const [n, { start }] of templates.entries()) assert.ok(start >= (templates[n - 1]?.end ?? 0));
    });
  });

  it('its template is a part of it', () => {
    holds(bytes, (body) => {
      const card = prepareDocument(fetchedDocument({ body }), generic.spec, {});
      // Its head may hold the template itself once more; UTF-16 becomes longer.
      const more = '<html data-ogplus=""><body></body></html>'.length;
      assert.ok(card.body.length <= 6 * body.length + more);
    });
  });

  it('it has a language', () => {
    holds(bytes, (body) =>
      assert.match(readDocument(body, []).reading.language, /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}$/),
    );
  });
});

describe('a document that is long', () => {
  const work = (text: string) => {
    prepareDocument(fetchedDocument({ body: text }), generic.spec, {});
  };
  const pieces = [
    '<',
    '<a',
    '<a ',
    '<a b=',
    '<a b="',
    '<!--',
    '-->',
    '<!',
    '<?',
    '<html ',
    '<html x',
    '<head>',
    '<template>',
    '<template id="x">',
    '</template>',
    '<noscript>',
    '</noscript>',
    '<div>',
    '</div>',
    '</x>',
    '<b>',
    '<svg>',
    '</svg>',
    '<svg><title>',
    '<svg/>',
    '<script>',
    '<script>ogplus',
    '</script>',
    '<meta name=a>',
    '<title>',
    '<a onclick="ogplus]">',
    '<a b="javascript:">',
    '&',
    '&amp',
    '\0',
    ' ',
    'ogplus ',
    '<![CDATA[',
  ];
  for (const piece of pieces) {
    it(`costs no more than its length: ${JSON.stringify(piece)}`, () => {
      growsEvenly(piece, work);
      growsEvenly(piece, work, '<template id="ogplus">');
      growsEvenly(piece, work, '<html><head>', '<template id="ogplus">x</template>');
    });
  }

  it('costs no more than its length, whatever follows on whatever', () => {
    const shapes = pieces.flatMap((one) => pieces.map((other) => [one, other] as const));
    holds(fc.constantFrom(...shapes), ([one, other]) => growsEvenly([one, other], work), Math.min(50, runs));
  });
});
