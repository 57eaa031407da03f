import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DocumentReader } from '../../src/document/document-reader.ts';
import { readDocument } from '../../src/document/read-document.ts';
import { Problem } from '../../src/model/problem.ts';
import { milliseconds } from '../../src/model/units.ts';

const headers = [['content-type', 'text/html']] as const;
const long = (more = '') => {
  const tags = '<html lang="ja"><meta property="og:title" content="a title"><template id="ogplus">a card</template>';
  return Buffer.from(`${tags}${'<p>some text</p>'.repeat(20_000)}<script>ogplus</script>${more}`);
};

describe('a long document', () => {
  let reader: DocumentReader;
  before(() => {
    reader = new DocumentReader({ queueLimit: 8 });
  });
  after(() => reader[Symbol.asyncDispose]());

  it('is read as a short one', async () => {
    const found = await reader.read(long(), headers, 'a');
    assert.deepEqual(found, readDocument(long(), headers));
    assert.equal(found?.reading.language, 'ja');
    assert.equal(found?.reading.whole.looksAtConsumer, true);
    assert.equal(found?.reading.templates[0]?.looksAtConsumer, false);
  });

  it('is not copied where its memory can be shared', async () => {
    const bytes = Buffer.from(new SharedArrayBuffer(long().length));
    long().copy(bytes);
    const found = await reader.read(bytes, headers, 'a');
    assert.equal(found?.body, bytes);
    assert.equal(found?.reading.metaTags[0]?.content, 'a title');
  });

  it('comes back in UTF-8 where it was in an encoding unlike ASCII', async () => {
    const bytes = Buffer.from(`\ufeff${long()}`, 'utf16le');
    const found = await reader.read(bytes, headers, 'a');
    assert.equal(found?.charset, 'utf-8');
    assert.deepEqual(Buffer.from(found?.body ?? []), long());
  });

  it('waits for its turn behind those of others', async () => {
    const order: string[] = [];
    const read = async (partition: string) => {
      await reader.read(long(), headers, partition);
      order.push(partition);
    };
    await Promise.all([read('a'), read('a'), read('a'), read('b')]);
    assert.deepEqual(order, ['a', 'a', 'b', 'a']);
  });
});

describe('a document that is not read in time', () => {
  it('is given up with its thread, and the next one has a new thread', async () => {
    await using reader = new DocumentReader({ queueLimit: 8, deadline: milliseconds(1) });
    assert.equal(await reader.read(long('<i>'.repeat(1_000_000)), headers, 'a'), undefined);
    assert.equal(await reader.read(long('<i>'.repeat(1_000_000)), headers, 'a'), undefined);
  });

  it('is refused where the service stops', async () => {
    const reader = new DocumentReader({ queueLimit: 8 });
    const reading = Promise.allSettled([reader.read(long(), headers, 'a'), reader.read(long(), headers, 'a')]);
    await reader[Symbol.asyncDispose]();
    for (const result of await reading) {
      assert.ok(result.status === 'rejected' && result.reason instanceof Problem && result.reason.type === 'stopping');
    }
  });
});

describe('a document of more pieces than any page has', () => {
  it('is read as far as that, and taken to do whatever it may behind it', () => {
    const { reading } = readDocument(Buffer.from('<p a>'.repeat(1_100_000)), headers);
    assert.equal(reading.whole.moves, true);
    assert.equal(reading.whole.looksAtConsumer, true);
  });

  it('has its tags read in the first megabyte', () => {
    const tags = '<meta name="a" content="b">';
    const { reading } = readDocument(Buffer.from(`${tags}${'<p a>'.repeat(1_100_000)}${tags}`), headers);
    assert.equal(reading.metaTags.length, 1);
  });
});
