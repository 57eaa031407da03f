import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Blocks } from '../../src/origin/blocks.ts';

describe('bytes that come in pieces', () => {
  it('are all there, in their order, however they are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.uint8Array({ maxLength: 50 }), fc.uint8Array({ minLength: 20_000 }))),
        (parts) => {
          const blocks = new Blocks();
          for (const part of parts) blocks.add(Buffer.from(part));
          const whole = Buffer.concat(parts);
          assert.equal(blocks.size, whole.length);
          assert.deepEqual(Buffer.from(blocks.whole()), whole);
        },
      ),
    );
  });

  it('take the memory of their bytes, though each comes alone', () => {
    const before = process.memoryUsage().rss;
    const blocks = new Blocks();
    for (let n = 0; n < 2_000_000; n++) blocks.add(Buffer.from([n]));
    assert.equal(blocks.whole().length, 2_000_000);
    const grown = process.memoryUsage().rss - before;
    assert.ok(grown < 100_000_000, `${grown} bytes`); // as a list of pieces they take 200 MB
  });
});
