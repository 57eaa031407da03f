import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Website } from '../../server/src/model/website.ts';
import { apiKeyOf, secretKeyOf } from '../../server/src/websites/keys.ts';
import { masterKey } from '../../server/src/websites/master-key.ts';
import { type Origin, page, startOrigin } from '../../server/test/harness/origin.ts';
import { startTestService, type TestService } from '../../server/test/harness/service.ts';
import { until } from '../../server/test/harness/until.ts';
import { createOgPlus, type OgPlus, OgPlusError } from '../src/index.ts';

let test: TestService;
let origin: Origin;
let website: Website;
let apiKey: string;
let service: string;
let og: OgPlus;

before(async () => {
  test = await startTestService();
  origin = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=600' } }));
  website = await test.website(origin.url);
  service = test.service.address;
  apiKey = apiKeyOf(website.publicKey, secretKeyOf(await masterKey({ dataDir: test.dataDir }), website.publicKey));
  og = createOgPlus({ service, apiKey });
});
after(async () => {
  await test?.[Symbol.asyncDispose]();
  await origin?.[Symbol.asyncDispose]();
});

/** What the origin was asked for, for the card at an address. */
async function heard(address: string): Promise<string[]> {
  const count = origin.heard.length;
  const { host, pathname, search } = new URL(address);
  const { status, headers } = await test.ask(pathname + search, { host });
  assert.equal(status, 200, address);
  assert.match(headers['content-type'] ?? '', /^image\//);
  return origin.heard.slice(count).map(({ target }) => target);
}

describe('a service', () => {
  it('draws the page that every kind of address means, once', async () => {
    const connection = `http://${website.connection}.localhost:${new URL(service).port}`;
    const odd = '/caf%C3%A9/a%2Fb?q=%C3%A9+%26';
    const asked = { query: 'keep' } as const;
    assert.deepEqual(await heard(createOgPlus({ connectionUrl: connection }).image(odd, asked)), [odd]);
    assert.deepEqual(await heard(createOgPlus({ service, publicKey: website.publicKey }).image(odd, asked)), []);
    assert.deepEqual(await heard(og.image(`${origin.url}${odd}#top`, { ...asked, version: 7 })), []);
    assert.deepEqual(await heard(await og.signedImage(`${origin.url}${odd}`)), []);
    assert.deepEqual(await heard(await og.signedImage(odd, { version: 'x y' })), []);
  });

  it('draws pages that are written as people write them', async () => {
    assert.deepEqual(await heard(og.image('/straße/日本 語')), ['/stra%C3%9Fe/%E6%97%A5%E6%9C%AC%20%E8%AA%9E']);
    assert.deepEqual(await heard(await og.signedImage('/naïve path', { consumer: 'linkedin' })), [
      '/na%C3%AFve%20path',
    ]);
  });

  it('forgets a page, a part and all of a website', async () => {
    const [a, b] = [og.image('/posts/a'), og.image('/posts/b')];
    const again = async () => [...(await heard(a)), ...(await heard(b))];
    await again();
    assert.deepEqual(await again(), []);
    await og.purge('/posts/a?utm_source=mail#top');
    assert.deepEqual(await again(), ['/posts/a']);
    await og.purge([`${origin.url}/posts/a`, new URL('/posts/b', origin.url)]);
    assert.deepEqual(await again(), ['/posts/a', '/posts/b']);
    await og.purge({ prefix: '/posts/' });
    assert.deepEqual(await again(), ['/posts/a', '/posts/b']);
    await og.purge('all');
    assert.deepEqual(await again(), ['/posts/a', '/posts/b']);
  });

  it('forgets the page with the part of the query that its card has', async () => {
    const paged = '/list?page=2&ref=x';
    const card = og.image(paged, { query: ['page'] });
    await heard(card);
    await og.purge(paged);
    assert.deepEqual(await heard(card), []);
    await og.purge(paged, { query: ['page'] });
    assert.deepEqual(await heard(card), ['/list?page=2']);
  });

  it('draws ahead what it is told to', async () => {
    const pages = [`${origin.url}/warm/a?ref=x`, '/warm/b'];
    const { id, consumers } = await og.warm(pages, { consumers: ['linkedin'] });
    assert.deepEqual(consumers, ['linkedin']);
    const path = `/api/v1/websites/${website.id}/warmups/${id}`;
    const state = async () => {
      const { body } = await test.ask(path, { authorization: `Bearer ${apiKey}` });
      return JSON.parse(body.toString()).state;
    };
    await until('the warm-up is done', async () => (await state()) === 'done');
    assert.deepEqual(await heard(og.image('/warm/a', { consumer: 'linkedin' })), []);
    assert.deepEqual(await heard(og.image('/warm/b', { consumer: 'linkedin' })), []);
  });

  it('says why it refuses', async () => {
    const wrong = createOgPlus({ service, apiKey: apiKeyOf(website.publicKey, 'ogplus_sk_wrong' as never) });
    await assert.rejects(wrong.purge('all'), (error) => {
      assert.ok(error instanceof OgPlusError);
      assert.equal(error.status, 401);
      assert.match(error.message, /answered 401: .*API key/);
      return true;
    });
    await assert.rejects(og.purge({ prefix: 'posts' }), /prefix must be a path such as \/blog\//);
    await assert.rejects(og.purge('posts/a'), /is not a page/);
  });

  it('is named where it does not answer, and asked again the next time', async () => {
    const nobody = await startOrigin(page());
    await nobody[Symbol.asyncDispose]();
    await assert.rejects(
      createOgPlus({ service: nobody.url, apiKey }).purge('all'),
      /did not answer\. Is it running\?/,
    );
  });

  it('is not asked for longer than the caller waits', async () => {
    await assert.rejects(og.purge('all', { signal: AbortSignal.abort() }), { name: 'AbortError' });
    await og.purge('all');
  });
});
