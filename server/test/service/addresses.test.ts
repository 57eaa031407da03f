import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Website } from '../../src/model/website.ts';
import { type Origin, page, startOrigin } from '../harness/origin.ts';
import { isClose, pixel } from '../harness/pixels.ts';
import { startTestService, type TestService } from '../harness/service.ts';

let test: TestService;
let origin: Origin;
let website: Website;

before(async () => {
  test = await startTestService();
  origin = await startOrigin(page());
  website = await test.website(origin.url);
});
after(async () => {
  await test[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});
beforeEach(() => {
  origin.heard.length = 0;
  origin.answer = page({ headers: { 'Cache-Control': 'max-age=600' } });
});

describe('a path', () => {
  for (const path of [
    '/a%2Fb',
    '/a//b',
    '//other.example/x',
    '/?q=a%20b&c',
    '/.well-known/x',
    '/a/../b',
    '/%2e%2e/secret',
    '/a;b=c',
    "/it's(here)!",
    '/x?',
    '/x??a=1&a=2',
    '/healthz',
    '/api/websites/v1/domain/x/image/y',
    '/%E0%A4%A',
    '/%C3%BC',
    '/%c3%bc',
  ]) {
    it(`reaches the origin as it was written: ${path}`, async () => {
      assert.equal((await test.card(website, path)).status, 200);
      assert.deepEqual(
        origin.heard.map(({ target }) => target),
        [path],
      );
    });
  }

  it('keeps every parameter but those of ours', async () => {
    await test.card(website, '/p?a=1&ogplus_consumer=twitter&b=2');
    await test.card(website, '/q?ogplus_consumer=twitter');
    assert.deepEqual(
      origin.heard.map(({ target }) => target),
      ['/p?a=1&b=2', '/q'],
    );
  });
});

describe('a domain address', () => {
  it('means the same card as the connection address', async () => {
    const connection = await test.card(website, '/same?x=1');
    const domain = await test.ask(`/api/websites/v1/domain/${website.publicKey}/image/same?x=1`);
    assert.equal(domain.status, 200);
    assert.deepEqual(domain.body, connection.body);
    assert.match(domain.headers['cache-status'] ?? '', /^ogplus; hit/);
  });

  it('means the front page without a path', async () => {
    await test.ask(`/api/websites/v1/domain/${website.publicKey}/image`);
    assert.equal(origin.heard[0]?.target, '/');
  });
});

describe('the consumer', () => {
  const sizes = { twitter: [2400, 1200], linkedin: [2400, 1254], pinterest: [2000, 3000] } as const;
  for (const [name, [width, height]] of Object.entries(sizes)) {
    it(`${name} gets its own size, and data-ogplus says who it is`, async () => {
      const body = `<style>body{margin:0;background:#00f}[data-ogplus=${name}] body{background:#0a0}</style>`;
      origin.answer = page({ body });
      const card = await test.card(website, `/for-${name}?ogplus_consumer=${name}`);
      assert.ok(isClose(await pixel(card.body, width - 1, height - 1), [0, 0xaa, 0]));
      await assert.rejects(pixel(card.body, width, height));
    });
  }

  it('is recognised by the crawler that asks', async () => {
    const agent = 'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)';
    origin.answer = page({ body: '<style>[data-ogplus=discord]{background:#a00}</style>' });
    const card = await test.card(website, '/agent', { 'user-agent': agent });
    assert.ok(isClose(await pixel(card.body, 5, 5), [0xaa, 0, 0]));
  });

  it('that has no name is as none', async () => {
    const [none, empty] = [await test.card(website, '/'), await test.card(website, '/?ogplus_consumer=')];
    assert.deepEqual([empty.status, empty.headers['etag']], [200, none.headers['etag']]);
  });

  it('that is none is refused', async () => {
    assert.equal((await test.card(website, '/?ogplus_consumer=nobody')).status, 400);
  });
});

describe('the picture', () => {
  it('shows what Chromium shows, at the layout width that the page asks for', async () => {
    const boxes = '<style>*{margin:0}div{width:50vw;height:100vh;background:#c00}</style><div></div>';
    for (const width of [700, 333, 1200]) {
      const head = `<meta property="og:plus:viewport:width" content="${width}"><style>body{background:#0000cc}</style>`;
      origin.answer = page({ head, body: boxes });
      const { body } = await test.card(website, `/boxes-${width}`);
      assert.ok(isClose(await pixel(body, 600, 600), [0xcc, 0, 0]), `left at ${width}`);
      assert.ok(isClose(await pixel(body, 1800, 600), [0, 0, 0xcc]), `right at ${width}`);
      await assert.rejects(pixel(body, 2399, 1260), 'the picture is 2400 × 1260');
      await assert.doesNotReject(pixel(body, 2399, 1259));
    }
  });
});

describe('an address that means no card', () => {
  const problem = async (response: { status: number; headers: object; body: Buffer }, status: number) => {
    assert.equal(response.status, status);
    assert.deepEqual(
      { ...response.headers, type: 'content-type' in response.headers ? response.headers['content-type'] : '' }.type,
      'application/problem+json',
    );
    const { title, detail } = JSON.parse(response.body.toString()) as { title: string; detail: string };
    assert.ok(title.length > 0 && detail.length > 0);
    const cacheStatus = 'cache-status' in response.headers ? String(response.headers['cache-status']) : '';
    assert.match(cacheStatus, /^ogplus; detail=[a-z-]+$/, 'nothing was asked of an origin');
    assert.doesNotMatch(response.body.toString(), /\bat .*\.ts|node_modules/);
  };

  it('with an unknown key answers 404', async () => {
    await problem(await test.ask('/api/websites/v1/domain/ogplus_pk_unknown/image/x'), 404);
    await problem(await test.card({ ...website, connection: 'nobody' as never }, '/x'), 404);
    await problem(await test.card({ ...website, connection: 'a.b' as never }, '/x'), 404);
  });

  it('with a path that cannot be read answers 400', async () => {
    await problem(await test.card(website, '/x#y'), 400);
    await problem(await test.card(website, `/${'x'.repeat(9000)}`), 400);
  });

  it('is asked with GET or HEAD only', async () => {
    const response = await test.card(website, '/', {}, 'POST');
    assert.equal(response.status, 405);
    assert.equal(response.headers['allow'], 'GET, HEAD');
  });

  it('leaves the dashboard and the API off connection hosts', async () => {
    await test.card(website, '/metrics');
    assert.equal(origin.heard[0]?.target, '/metrics');
  });
});
