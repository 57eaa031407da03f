import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { type ApiRequest, callApi } from '../harness/api.ts';
import { Asking } from '../harness/asking.ts';
import { page } from '../harness/origin.ts';
import { target } from '../store/contract/samples.ts';

const asking = new Asking();
const headers = { 'Cache-Control': 'max-age=600' };

const call = (path: string, request?: ApiRequest) => callApi(asking.test, asking.website, path, request);
const rowOf = async (search: string) => {
  const { json } = await call(`/pages?${new URLSearchParams({ search })}`);
  return json().pages[0];
};

describe('the picture of a row', () => {
  it('is there small, as WebP, for a browser to keep', async () => {
    asking.origin.answer = page({ headers });
    const { body } = await asking.ask();
    const { picture } = await rowOf(asking.target);
    const small = await call(picture.thumbnail);
    assert.equal(small.status, 200);
    assert.equal(small.headers.get('content-type'), 'image/webp');
    assert.equal(small.headers.get('cache-control'), 'private, max-age=86400, immutable');
    const { format, width, height } = await sharp(small.bytes).metadata();
    const whole = await sharp(body).metadata();
    const expected = Math.round((240 * (whole.height ?? 0)) / (whole.width ?? 1));
    assert.deepEqual({ format, width, height }, { format: 'webp', width: 240, height: expected });
    assert.ok(small.bytes.length < 10_000);

    const again = await call(picture.thumbnail, { headers: { 'if-none-match': small.headers.get('etag') ?? '' } });
    assert.deepEqual([again.status, again.bytes.length], [304, 0]);
    assert.deepEqual((await call(picture.href)).bytes, body);
  });

  it('has another address once it is another picture; the old one is not to be kept', async () => {
    asking.origin.answer = page({ headers, body: 'old' });
    await asking.ask();
    const { picture: old } = await rowOf(asking.target);
    await asking.test.service.store.changes.purge(asking.website.id, { kind: 'page', target: target(asking.target) });
    assert.equal((await call(old.thumbnail)).status, 404);
    asking.origin.answer = page({ headers, body: 'new' });
    await asking.ask();
    const { picture } = await rowOf(asking.target);
    assert.notEqual(picture.thumbnail, old.thumbnail);
    const [mine, others] = [await call(picture.thumbnail), await call(old.thumbnail)];
    assert.deepEqual(others.bytes, mine.bytes);
    assert.equal(others.headers.get('cache-control'), 'private, no-cache');
  });

  it('costs the origin and the browser nothing, and counts as no request', async () => {
    asking.origin.answer = page({ headers });
    await asking.ask();
    const renders = asking.test.service.renderer.started;
    const { picture } = await rowOf(asking.target);
    await Promise.all(Array.from({ length: 20 }, () => call(picture.thumbnail)));
    assert.equal(asking.test.service.renderer.started, renders);
    assert.equal(asking.origin.heard.length, 1);
    assert.equal((await rowOf(asking.target)).requests, 1);
  });

  it('comes in a few widths, and in no other', async () => {
    asking.origin.answer = page({ headers });
    await asking.ask();
    const { picture } = await rowOf(asking.target);
    for (const width of [120, 480]) {
      const { bytes } = await call(`${picture.href}&width=${width}`);
      assert.equal((await sharp(bytes).metadata()).width, width);
    }
    for (const [query, says] of [
      ['width=241', 'width must be one of 120, 240, 480'],
      ['width=wide', 'width must be a whole number'],
    ]) {
      const { status, json } = await call(`${picture.href}&${query}`);
      assert.deepEqual([status, json().detail], [400, `The request cannot be read: ${says}.`]);
    }
    assert.equal((await call('/picture?target=/never&consumer=generic&width=240')).status, 404);
  });
});
