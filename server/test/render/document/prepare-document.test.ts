import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prepareDocument } from '../../../src/render/document/prepare-document.ts';
import type { RenderOptions } from '../../../src/render/render-options.ts';
import { fetchedDocument } from '../../harness/documents.ts';
import { small } from '../harness.ts';

const prepare = (
  body: string | Buffer,
  type = 'text/html',
  consumer: string | null = null,
  options: RenderOptions = {},
) => {
  const headers = [['content-type', type]] as const;
  return prepareDocument(fetchedDocument({ headers, body }), { ...small, consumer }, options);
};
const prepared = (body: string | Buffer) => prepare(body).body.toString();

describe('data-ogplus', () => {
  for (const [what, before, after] of [
    ['goes behind <html', '<!doctype html><html lang="de"><p>', '<!doctype html><html data-ogplus="" lang="de"><p>'],
    ['is the first attribute, which wins', '<html data-ogplus="x">', '<html data-ogplus="" data-ogplus="x">'],
    ['finds the tag in capitals', '<HTML>', '<HTML data-ogplus="">'],
    ['passes over comments', '<!-- <html> --><html>', '<!-- <html> --><html data-ogplus="">'],
    [
      'goes before a script that only speaks of <html>',
      '<script>"<html>"</script>',
      '<html data-ogplus=""><script>"<html>"</script>',
    ],
    [
      'follows the doctype where there is no tag',
      '<!doctype html>\n<title>t</title>',
      '<!doctype html>\n<html data-ogplus=""><title>t</title>',
    ],
    ['comes before bare text', '<!doctype html> &amp; so', '<!doctype html> <html data-ogplus="">&amp; so'],
    ['follows the byte order mark', '\ufeff<p>', '\ufeff<html data-ogplus=""><p>'],
    ['makes something of an empty document', '', '<html data-ogplus="">'],
  ] as const) {
    it(what, () => assert.equal(prepared(before), after));
  }

  it('carries the name of the consumer', () => {
    assert.equal(prepare('<html>', 'text/html', 'slack').body.toString(), '<html data-ogplus="slack">');
  });

  it('leaves every other byte as it was, whatever the encoding', () => {
    const latin = Buffer.from([...Buffer.from('<html>'), 0xe9, 0xff, 0x80]);
    assert.deepEqual([...prepare(latin).body.subarray(-3)], [0xe9, 0xff, 0x80]);
  });

  it('is found behind a comment of many pieces', () => {
    const comment = `<!--${'x'.repeat(40_000)}<html>-->`;
    assert.equal(prepared(`${comment}<html>`), `${comment}<html data-ogplus="">`);
  });
});

describe('the same document at another width', () => {
  for (const body of ['<p>a page', '<template id="ogplus"><p>a card</template>']) {
    it(`is another drawing: ${body}`, () => {
      const at = (viewportWidth: number) => prepare(body, 'text/html', null, { viewportWidth });
      const all = [prepare(body), at(800), at(801)];
      assert.equal(new Set(all.map(({ fingerprint }) => fingerprint)).size, 3);
      assert.equal(new Set(all.map(({ commonFingerprint }) => commonFingerprint)).size, 3);
      assert.equal(at(800).fingerprint, at(800).fingerprint);
    });
  }
});

describe('a document in UTF-16', () => {
  const text = '<!doctype html><html><p>ü';
  const little = Buffer.from(text, 'utf16le');
  const big = Buffer.from(little).swap16();
  for (const [what, body, type] of [
    ['little-endian by its mark', Buffer.concat([Buffer.from([0xff, 0xfe]), little]), 'text/html; charset=utf-8'],
    ['big-endian by its mark', Buffer.concat([Buffer.from([0xfe, 0xff]), big]), 'text/html'],
    ['little-endian by its header', little, 'text/html; charset=UTF-16'],
    ['big-endian by its header', big, 'text/html; charset="utf-16be"'],
  ] as const) {
    it(`becomes UTF-8: ${what}`, () => {
      const { body: bytes, headers } = prepare(body, type);
      assert.equal(bytes.toString(), '<!doctype html><html data-ogplus=""><p>ü');
      assert.deepEqual(headers, [{ name: 'content-type', value: 'text/html; charset=utf-8' }]);
    });
  }
});

describe('the headers handed to the browser', () => {
  it('keep the policy and lose what speaks of the transfer or sets a cookie', () => {
    const headers = [
      ['content-security-policy', "default-src 'none'"],
      ['content-encoding', 'gzip'],
      ['content-length', '3'],
      ['set-cookie', 'a=b'],
      ['strict-transport-security', 'max-age=1'],
      ['transfer-encoding', 'chunked'],
    ] as const;
    const { headers: kept } = prepareDocument(fetchedDocument({ headers, body: '<html>' }), small, {});
    assert.deepEqual(kept, [{ name: 'content-security-policy', value: "default-src 'none'" }]);
  });
});
