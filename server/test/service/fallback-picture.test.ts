import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import sharp from 'sharp';
import { makeFallbackPicture } from '../../src/websites/fallback-picture.ts';
import { Asking } from '../harness/asking.ts';
import { page } from '../harness/origin.ts';
import { isClose, pixel } from '../harness/pixels.ts';

const asking = new Asking({ OGPLUS_FAILURE_MEMORY_MS: '0' });
const green = { r: 0, g: 170, b: 0 };
const square = () => sharp({ create: { width: 500, height: 500, channels: 3, background: green } });

describe("a website's fallback picture", () => {
  before(async () => {
    const { store } = asking.test.service;
    const { picture, bytes } = await makeFallbackPicture(await square().png().toBuffer());
    await store.pictures.write(picture, bytes);
    await store.websites.changeSettings(asking.website.id, { fallbackPicture: picture });
  });

  for (const [what, answer, detail] of [
    ['a page that fails', page({ status: 500 }), 'origin-failed'],
    ['a page that is gone', page({ status: 404, headers: { 'Cache-Control': 'max-age=600' } }), 'page-gone'],
    ['a page that is no HTML', page({ headers: { 'Content-Type': 'text/plain' } }), 'page-unsuitable'],
  ] as const) {
    it(`is sent in place of the error of ${what}, and kept by nobody`, async () => {
      asking.origin.answer = answer;
      for (const round of [1, 2]) {
        const { status, headers, body } = await asking.ask();
        assert.equal(status, 200, `round ${round}`);
        assert.equal(headers['cache-control'], 'no-store');
        assert.match(headers['cache-status'] ?? '', new RegExp(`detail=fallback-for-${detail}`));
        const { width, height } = await sharp(body).metadata();
        assert.deepEqual([width, height], [2400, 1260]);
        assert.ok(isClose(await pixel(body, 1200, 600), [0, 170, 0]));
      }
    });
  }

  it('gives way to the card as soon as there is one', async () => {
    asking.origin.answer = page({ status: 500 });
    const failing = await asking.ask();
    asking.origin.answer = page({ headers: { 'Cache-Control': 'max-age=600' } });
    const mended = await asking.ask();
    assert.notDeepEqual(mended.body, failing.body);
    assert.match(mended.headers['cache-control'] ?? '', /max-age/);
  });

  it('is not sent for what is no card of the website', async () => {
    const { status } = await asking.test.ask('/api/websites/v1/domain/ogplus_pk_unknown/image/');
    assert.equal(status, 404);
  });

  it('outlasts a sweep', async () => {
    const { store } = asking.test.service;
    await store.sweep(0, (asking.test.clock.now() + 24 * 3_600_000) as never);
    asking.origin.answer = page({ status: 500 });
    assert.equal((await asking.ask()).status, 200);
  });

  it('is an error again once it is taken away', async () => {
    await asking.test.service.store.websites.changeSettings(asking.website.id, { fallbackPicture: null });
    asking.origin.answer = page({ status: 500 });
    assert.equal((await asking.ask()).status, 502);
  });
});

describe('a picture that an owner gives', () => {
  it('comes to be one that every network reads, and not heavy', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    const photo = sharp({ create: { width: 900, height: 600, channels: 3, background: green, noise } });
    for (const [given, type] of [
      [await square().webp().toBuffer(), 'image/png'],
      [await square().jpeg().toBuffer(), 'image/jpeg'],
      [await photo.png().toBuffer(), 'image/jpeg'],
    ] as const) {
      const { picture, bytes } = await makeFallbackPicture(given);
      assert.deepEqual([picture.type, picture.width, picture.height], [type, 2400, 1260]);
      assert.equal(`image/${(await sharp(bytes).metadata()).format}`, type);
    }
  });

  it('is refused where it is none', async () => {
    for (const given of [
      Buffer.alloc(0),
      Buffer.from('no picture'),
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    ]) {
      await assert.rejects(makeFallbackPicture(given), /must be a PNG, a JPEG or a WebP/);
    }
  });

  it('is refused in words of ours where it is cut off, too small, or too large', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    const photo = sharp({ create: { width: 900, height: 600, channels: 3, background: green, noise } });
    for (const whole of [await photo.png().toBuffer(), await photo.jpeg().toBuffer()]) {
      const cut = makeFallbackPicture(whole.subarray(0, whole.length / 2));
      await assert.rejects(cut, {
        message: 'The fallback picture is incomplete or damaged.',
      });
    }
    const plain = (width: number, height: number) =>
      sharp({ create: { width, height, channels: 3, background: green } })
        .png({ compressionLevel: 1 })
        .toBuffer();
    await assert.rejects(makeFallbackPicture(await plain(1, 1)), /at least 200 × 105 pixels/);
    await assert.rejects(makeFallbackPicture(await plain(12_000, 9000)), /at most 100 million pixels/);
  });
});
