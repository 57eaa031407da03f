import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import sharp from 'sharp';
import { makeFallbackPicture } from '../../src/websites/fallback-picture.ts';
import { Asking } from '../harness/asking.ts';
import { page } from '../harness/origin.ts';

const asking = new Asking();
const kept = page({ headers: { 'Cache-Control': 'max-age=60, stale-if-error=600' } });
const failing = page({ status: 500 });
const empty = page({ headers: { 'Cache-Control': 'max-age=60, stale-if-error=600' }, body: '' });

/** What `Cache-Status` says, and how often the origin was asked. */
async function status(): Promise<[says: string, requests: number]> {
  const { headers, requests } = await asking.ask();
  return [String(headers['cache-status']), requests];
}

describe('Cache-Status (RFC 9211)', () => {
  it('says fwd of the failure that was asked for, and hit of the same one while it is remembered', async () => {
    asking.origin.answer = failing;
    const asked = 'ogplus; fwd=miss; fwd-status=500; detail=origin-failed';
    assert.deepEqual(await status(), [asked, 1]);
    assert.deepEqual(await status(), ['ogplus; hit; ttl=5; detail=origin-failed', 0]);
    asking.test.clock.move(4);
    assert.deepEqual(await status(), ['ogplus; hit; ttl=1; detail=origin-failed', 0]);
    asking.test.clock.move(2);
    assert.deepEqual(await status(), [asked, 1]);
  });

  it('says hit of an old card that stands in for a failure that is remembered', async () => {
    asking.origin.answer = kept;
    await asking.ask();
    asking.test.clock.move(600);
    asking.origin.answer = failing;
    assert.deepEqual(await status(), ['ogplus; fwd=stale; fwd-status=500; ttl=-540; detail=stale-if-error', 1]);
    assert.deepEqual(await status(), ['ogplus; hit; ttl=-540; detail=stale-if-error', 0]);
  });

  it('says hit of a drawing that is not kept, while it is sent again', async () => {
    asking.origin.answer = empty;
    assert.deepEqual(await status(), ['ogplus; fwd=miss; fwd-status=200; detail=unfinished-drawing', 1]);
    assert.deepEqual(await status(), ['ogplus; hit; detail=unfinished-drawing', 0]);
  });

  it('says hit of an old card that stands in for such a drawing', async () => {
    asking.origin.answer = kept;
    await asking.ask();
    asking.test.clock.move(600);
    asking.origin.answer = empty;
    assert.deepEqual(await status(), ['ogplus; fwd=stale; fwd-status=200; ttl=-540; detail=unfinished-drawing', 1]);
    assert.deepEqual(await status(), ['ogplus; hit; ttl=-540; detail=unfinished-drawing', 0]);
  });

  it('says hit of a page that is known to be gone', async () => {
    asking.origin.answer = page({ status: 404, headers: { 'Cache-Control': 'max-age=60' } });
    assert.deepEqual(await status(), ['ogplus; fwd=miss; fwd-status=404; stored; detail=page-gone', 1]);
    assert.deepEqual(await status(), ['ogplus; hit; ttl=60; detail=page-gone', 0]);
  });

  describe('of a fallback picture', () => {
    before(async () => {
      const { store } = asking.test.service;
      const square = sharp({ create: { width: 600, height: 600, channels: 3, background: '#c00' } });
      const { picture, bytes } = await makeFallbackPicture(await square.png().toBuffer());
      await store.pictures.write(picture, bytes);
      await store.websites.changeSettings(asking.website.id, { fallbackPicture: picture });
    });

    it('says the same of a failure', async () => {
      asking.origin.answer = failing;
      assert.deepEqual(await status(), ['ogplus; fwd=miss; fwd-status=500; detail=fallback-for-origin-failed', 1]);
      assert.deepEqual(await status(), ['ogplus; hit; ttl=5; detail=fallback-for-origin-failed', 0]);
    });

    it('says the same of a page that is gone', async () => {
      asking.origin.answer = page({ status: 404, headers: { 'Cache-Control': 'max-age=60' } });
      assert.deepEqual(await status(), ['ogplus; fwd=miss; fwd-status=404; stored; detail=fallback-for-page-gone', 1]);
      assert.deepEqual(await status(), ['ogplus; hit; ttl=60; detail=fallback-for-page-gone', 0]);
    });
  });
});
