import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Asking, cost, drawn, nothing, revalidated } from '../harness/asking.ts';
import { page } from '../harness/origin.ts';
import { filesBelow } from '../harness/service.ts';
import { until } from '../harness/until.ts';

const asking = new Asking();
const ask = (headers?: Record<string, string>) => asking.ask(headers);
describe('a page with Cache-Control: public, max-age=86400', () => {
  it('is drawn once, and the origin hears nothing for 24 hours', async () => {
    asking.origin.answer = page({ headers: { 'Cache-Control': 'public, max-age=86400' } });
    assert.deepEqual(cost(await ask()), drawn);
    assert.deepEqual(cost(await ask()), nothing);
    asking.test.clock.move(86_398);
    const late = await ask();
    assert.deepEqual(cost(late), nothing);
    assert.match(late.headers['cache-status'] ?? '', /^ogplus; hit; ttl=[12]$/);
    assert.match(late.headers['cache-control'] ?? '', /^public, max-age=[12]$/);
    asking.test.clock.move(3);
    assert.deepEqual(cost(await ask()), drawn);
  });

  it('is drawn once for each consumer from one fetch', async () => {
    asking.origin.answer = page({ headers: { 'Cache-Control': 'public, max-age=86400' } });
    assert.deepEqual(cost(await ask()), drawn);
    assert.deepEqual(cost(await ask({ 'user-agent': 'Twitterbot/1.0' })), { status: 200, requests: 0, renders: 1 });
    assert.deepEqual(cost(await ask({ 'user-agent': 'Twitterbot/1.0' })), nothing);
  });
});

describe('a page with s-maxage', () => {
  it('stays fresh for it, whatever max-age says', async () => {
    asking.origin.answer = page({ headers: { 'Cache-Control': 'max-age=1, s-maxage=600' } });
    await ask();
    asking.test.clock.move(500);
    assert.deepEqual(cost(await ask()), nothing);
  });
});

describe('a page whose lifetime is over, with an ETag', () => {
  const headers = { 'Cache-Control': 'max-age=60', ETag: '"v1"' };

  it('is asked conditionally, and a 304 renews it without a render', async () => {
    asking.origin.answer = page({ headers });
    const first = await ask();
    asking.test.clock.move(61);
    const second = await ask();
    assert.deepEqual(cost(second), revalidated);
    assert.equal(asking.origin.heard.at(-1)?.headers['if-none-match'], '"v1"');
    assert.match(second.headers['cache-status'] ?? '', /^ogplus; fwd=stale; fwd-status=304/);
    assert.deepEqual(second.body, first.body);
    asking.test.clock.move(59);
    assert.deepEqual(cost(await ask()), nothing);
  });

  it('takes its new lifetime from the 304', async () => {
    asking.origin.answer = page({ headers });
    await ask();
    asking.test.clock.move(61);
    asking.origin.answer = page({ headers: { ...headers, 'Cache-Control': 'max-age=3600' } });
    assert.deepEqual(cost(await ask()), revalidated);
    asking.test.clock.move(3500);
    assert.deepEqual(cost(await ask()), nothing);
  });

  it('is drawn again where the page changed', async () => {
    asking.origin.answer = page({ headers, body: '<h1>Before</h1>' });
    const before = await ask();
    asking.test.clock.move(61);
    asking.origin.answer = page({ headers: { ...headers, ETag: '"v2"' }, body: '<h1>After</h1>' });
    const after = await ask();
    assert.deepEqual(cost(after), drawn);
    assert.notDeepEqual(after.body, before.body);
  });
});

describe('a page with only Last-Modified', () => {
  it('is fresh for a tenth of its age, ten minutes at most, then asked conditionally', async () => {
    const lastModified = new Date(asking.test.clock.now() - 30 * 86_400_000).toUTCString();
    asking.origin.answer = page({ headers: { 'Last-Modified': lastModified } });
    await ask();
    asking.test.clock.move(590);
    assert.deepEqual(cost(await ask()), nothing);
    asking.test.clock.move(20);
    assert.deepEqual(cost(await ask()), revalidated);
    assert.equal(asking.origin.heard.at(-1)?.headers['if-modified-since'], lastModified);
  });
});

describe('a page with no-cache and an ETag', () => {
  it('is asked for every request and drawn once', async () => {
    asking.origin.answer = page({ headers: { 'Cache-Control': 'no-cache', ETag: '"a"' } });
    const first = await ask();
    assert.equal(first.headers['cache-control'], 'no-cache');
    assert.deepEqual(cost(await ask()), revalidated);
    assert.deepEqual(cost(await ask()), revalidated);
  });
});

for (const directive of ['no-store', 'private', 'private, max-age=600']) {
  describe(`a page with ${directive}`, () => {
    it('is fetched and drawn for every request, and nothing of it is kept', async () => {
      const secret = `marker-${directive.length}-${Date.now()}`;
      asking.origin.answer = page({
        headers: { 'Cache-Control': directive, ETag: `"${secret}"` },
        body: `<h1>${secret}</h1>`,
      });
      const files = await filesBelow(asking.test.dataDir);
      const first = await ask();
      assert.deepEqual(cost(first), drawn);
      assert.equal(first.headers['cache-control'], 'no-store');
      assert.deepEqual(cost(await ask()), drawn);
      const after = await filesBelow(asking.test.dataDir);
      assert.deepEqual(after.map(({ path }) => path).sort(), files.map(({ path }) => path).sort());
      assert.ok(!after.some(({ bytes }) => bytes.includes(secret) || bytes.includes(asking.target)));
    });
  });
}

describe('a page that says nothing of freshness', () => {
  it('is fetched and drawn for every request', async () => {
    asking.origin.answer = page();
    assert.deepEqual(cost(await ask()), drawn);
    assert.deepEqual(cost(await ask()), drawn);
  });

  it('is kept for the default max-age of its website, where the owner set one', async () => {
    asking.origin.answer = page();
    await asking.test.service.store.websites.changeSettings(asking.website.id, { defaultMaxAge: 300 as never });
    try {
      assert.deepEqual(cost(await ask()), drawn);
      asking.test.clock.move(290);
      assert.deepEqual(cost(await ask()), nothing);
    } finally {
      await asking.test.service.store.websites.changeSettings(asking.website.id, { defaultMaxAge: null });
    }
  });
});

describe('og:plus:cache:max_age', () => {
  it('stands above every header, no-store included', async () => {
    const head = '<meta property="og:plus:cache:max_age" content="120">';
    asking.origin.answer = page({ headers: { 'Cache-Control': 'no-store' }, head });
    assert.deepEqual(cost(await ask()), drawn);
    asking.test.clock.move(110);
    assert.deepEqual(cost(await ask()), nothing);
    asking.test.clock.move(11);
    assert.deepEqual(cost(await ask()), drawn);
  });
});

describe('og:plus:cache:etag', () => {
  const tagged = (tag: string, body: string) =>
    page({
      headers: { 'Cache-Control': 'max-age=600' },
      head: `<meta name="og:plus:cache:etag" content="${tag}">`,
      body,
    });

  it('means no render where it is the same, even where the HTML changed', async () => {
    asking.origin.answer = tagged('1', 'one');
    const first = await ask();
    asking.test.clock.move(601);
    asking.origin.answer = tagged('1', 'two');
    const second = await ask();
    assert.deepEqual(cost(second), revalidated);
    assert.deepEqual(second.body, first.body);
  });

  it('means a render where it differs, behind the answer while the card is fresh, at most once a minute', async () => {
    asking.origin.answer = tagged('1', 'one');
    const first = await ask();
    asking.origin.answer = tagged('2', 'two');
    asking.test.clock.move(30);
    assert.deepEqual(cost(await ask()), nothing); // looked at a moment ago
    asking.test.clock.move(31);
    const held = await ask();
    assert.equal(held.headers['cache-status'], 'ogplus; hit; ttl=539');
    assert.deepEqual(held.body, first.body);
    await until('the new picture', async () => !(await ask()).body.equals(first.body));
    assert.equal(asking.origin.heard.length, 2);
  });
});

describe('a page that is gone', () => {
  it('answers 404, kept as long as the 404 allows', async () => {
    asking.origin.answer = page({ status: 404, headers: { 'Cache-Control': 'max-age=60' } });
    assert.deepEqual(cost(await ask()), { status: 404, requests: 1, renders: 0 });
    assert.deepEqual(cost(await ask()), { status: 404, requests: 0, renders: 0 });
    asking.test.clock.move(61);
    asking.origin.answer = page({ headers: { 'Cache-Control': 'max-age=60' } });
    assert.deepEqual(cost(await ask()), drawn);
  });
});

describe('a redirect', () => {
  it('is followed, and the shortest lifetime on the way counts', async () => {
    const there = page({ headers: { 'Cache-Control': 'max-age=3600' } });
    const here = asking.target;
    asking.origin.answer = (req, res) => {
      if (req.url === here) res.writeHead(302, { Location: '/there', 'Cache-Control': 'max-age=60' }).end();
      else there(req, res);
    };
    assert.deepEqual(cost(await ask()), { status: 200, requests: 2, renders: 1 });
    asking.test.clock.move(50);
    assert.deepEqual(cost(await ask()), nothing);
    asking.test.clock.move(11);
    assert.equal((await ask()).requests, 2);
  });
});

describe('an origin that fails', () => {
  const headers = { 'Cache-Control': 'max-age=60', ETag: '"a"' };
  const failing = page({ status: 500 });

  it('is stood in for by the kept card', async () => {
    asking.origin.answer = page({ headers });
    const good = await ask();
    asking.test.clock.move(61);
    asking.origin.answer = failing;
    const stale = await ask();
    assert.equal(stale.status, 200);
    assert.deepEqual(stale.body, good.body);
    assert.match(stale.headers['cache-status'] ?? '', /fwd=stale; fwd-status=500; .*detail=stale-if-error/);
  });

  it('is told of where the page forbids stale answers', async () => {
    asking.origin.answer = page({ headers: { ...headers, 'Cache-Control': 'max-age=60, must-revalidate' } });
    await ask();
    asking.test.clock.move(61);
    asking.origin.answer = failing;
    assert.equal((await ask()).status, 502);
  });

  it('is not asked again for a few seconds', async () => {
    asking.origin.answer = failing;
    assert.deepEqual(cost(await ask()), { status: 502, requests: 1, renders: 0 });
    assert.deepEqual(cost(await ask()), { status: 502, requests: 0, renders: 0 });
    asking.test.clock.move(6);
    asking.origin.answer = page({ headers });
    assert.deepEqual(cost(await ask()), drawn);
  });
});

describe('stale-while-revalidate', () => {
  it('sends the old card at once and renews it behind the answer, exactly once', async () => {
    const headers = { 'Cache-Control': 'max-age=60, stale-while-revalidate=30', ETag: '"a"' };
    asking.origin.answer = page({ headers });
    await ask();
    asking.test.clock.move(70);
    const stale = await Promise.all(Array.from({ length: 20 }, () => ask()));
    for (const { status, headers: sent } of stale) {
      assert.equal(status, 200);
      assert.match(sent['cache-status'] ?? '', /^ogplus; hit; ttl=/);
    }
    await until('the renewal', async () => /; ttl=[56]\d$/.test((await ask()).headers['cache-status'] ?? ''));
    assert.equal(asking.origin.heard.length, 2);
  });
});

describe('a purge', () => {
  it('of a page makes the next request fetch, past every cache on the way, and draw', async () => {
    asking.origin.answer = page({ headers: { 'Cache-Control': 'max-age=600' } });
    await ask();
    await asking.test.service.store.changes.purge(asking.website.id, { kind: 'page', target: asking.target as never });
    assert.deepEqual(cost(await ask()), drawn);
    assert.equal(asking.origin.heard.at(-1)?.headers['cache-control'], 'no-cache');
    assert.deepEqual(cost(await ask()), nothing);
  });

  it('of a prefix and of a website holds for what they cover', async () => {
    asking.target = '/blog/one';
    asking.origin.answer = page({ headers: { 'Cache-Control': 'max-age=600' } });
    await ask();
    await asking.test.service.store.changes.purge(asking.website.id, { kind: 'prefix', prefix: '/news/' as never });
    assert.deepEqual(cost(await ask()), nothing);
    await asking.test.service.store.changes.purge(asking.website.id, { kind: 'prefix', prefix: '/blog/' as never });
    assert.deepEqual(cost(await ask()), drawn);
    await asking.test.service.store.changes.purge(asking.website.id, { kind: 'website' });
    assert.deepEqual(cost(await ask()), drawn);
  });
});

describe('the answer', () => {
  it('is 304 for who has it already, and HEAD tells the same without the bytes', async () => {
    asking.origin.answer = page({ headers: { 'Cache-Control': 'max-age=600' } });
    const { headers, body } = await ask();
    const again = await ask({ 'if-none-match': headers['etag'] ?? '' });
    assert.equal(again.status, 304);
    assert.equal(again.body.length, 0);
    assert.equal((await ask({ 'if-modified-since': headers['last-modified'] ?? '' })).status, 304);
    const head = await asking.test.card(asking.website, asking.target, {}, 'HEAD');
    assert.equal(head.headers['content-length'], String(body.length));
    assert.equal(head.body.length, 0);
  });
});
