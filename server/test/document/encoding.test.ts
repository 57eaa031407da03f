import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readDocument } from '../../src/document/read-document.ts';
import { generic } from '../../src/model/consumers.ts';
import { prepareDocument } from '../../src/render/document/prepare-document.ts';
import { fetchedDocument } from '../harness/documents.ts';

const ofType = (type: string) => [['content-type', type] as const];
const title = (bytes: Buffer, type = 'text/html') =>
  readDocument(bytes, ofType(type)).reading.metaTags.find(({ name }) => name === 'og:title')?.content;
const page = (content: Buffer, charset = '') =>
  Buffer.concat([
    Buffer.from(`<!doctype html>${charset}<meta property="og:title" content="`),
    content,
    Buffer.from('"><template id="ogplus"><p>a card</p></template>'),
  ]);

// "日本" in ISO-2022-JP. Between its escape sequences bytes of ASCII are halves of characters: `<` and `"` too.
const japanese = Buffer.from('\x1b$BF|K\\\x1b(B');
// "鉄" and "琉": each ends in the byte of `<`, or begins with it.
const withLess = Buffer.from('\x1b$BE4N0\x3c\x3c\x1b(B');

describe('the encoding of a document', () => {
  for (const [what, bytes, type] of [
    ['its header', page(Buffer.from([0xe9])), 'text/html; charset=iso-8859-1'],
    ['its meta tag', page(Buffer.from([0xe9]), '<meta charset="windows-1252">'), 'text/html'],
    [
      'its meta tag of the old kind',
      page(Buffer.from([0xe9]), '<meta http-equiv="Content-Type" content="text/html; charset=latin1">'),
      'text/html',
    ],
    ['the header above the tag', page(Buffer.from('é'), '<meta charset="latin1">'), 'text/html; charset=utf-8'],
    ['a mark above the header', Buffer.from(`\ufeff${page(Buffer.from('é'))}`), 'text/html; charset=latin1'],
    ['nothing: UTF-8', page(Buffer.from('é')), 'text/html'],
    ['a label that is none: UTF-8', page(Buffer.from('é')), 'text/html; charset=none'],
  ] as const) {
    it(`is that of ${what}`, () => assert.equal(title(bytes, type), 'é'));
  }

  it('is UTF-8 from here on where ASCII does not read as itself: UTF-16', () => {
    const bytes = Buffer.from(`\ufeff${page(Buffer.from('é'))}`, 'utf16le');
    assert.equal(title(bytes), 'é');
    const { body, headers } = prepareDocument(fetchedDocument({ body: bytes }), generic.spec, {});
    assert.match(body.toString(), /content="é"/);
    assert.deepEqual(headers, [{ name: 'content-type', value: 'text/html; charset=utf-8' }]);
  });

  for (const [where, charset, type] of [
    ['by its header', '', 'text/html; charset=ISO-2022-JP'],
    ['by its tag', '<meta charset="iso-2022-jp">', 'text/html'],
  ] as const) {
    it(`is UTF-8 from here on where ASCII does not read as itself: ISO-2022-JP ${where}`, () => {
      assert.equal(title(page(japanese, charset), type), '日本');
      const text = page(withLess, charset);
      assert.equal([...(title(text, type) ?? '')].length, 3);
      const card = prepareDocument(fetchedDocument({ headers: ofType(type), body: text }), generic.spec, {});
      assert.equal(card.mode, 'template');
      assert.match(card.body.toString(), /<body><p>a card<\/p><\/body><\/html>$/);
      assert.deepEqual(card.headers, [{ name: 'content-type', value: 'text/html; charset=utf-8' }]);
    });
  }

  it('is none at all where it is one that browsers refuse', () => {
    const { body } = readDocument(page(Buffer.from('x')), ofType('text/html; charset=iso-2022-kr'));
    assert.equal(Buffer.from(body).toString(), '\ufffd');
  });
});
