import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseList } from 'structured-headers';
import { openStore } from '../../src/store/open-store.ts';
import { callApi } from '../harness/api.ts';
import { page, startOrigin } from '../harness/origin.ts';
import { type CardResponse, startTestService } from '../harness/service.ts';
import { target } from '../store/contract/samples.ts';

const cached = page({ headers: { 'Cache-Control': 'max-age=60' } });
const proxied = { OGPLUS_TRUSTED_PROXIES: '127.0.0.0/8' };
const from = (client: string) => ({ 'x-forwarded-for': client });

/** The policy that was violated, as its fields say. */
function violated({ headers }: CardResponse) {
  const [[name, policy] = []] = parseList(headers['ratelimit-policy'] ?? '');
  const [[same, left] = []] = parseList(headers['ratelimit'] ?? '');
  assert.equal(name, same);
  return { name, policy: Object.fromEntries(policy ?? []), left: Object.fromEntries(left ?? []) };
}

describe('a client that asks for more new cards than it may', () => {
  it('is told when to come again, and others are not held up', async () => {
    await using test = await startTestService({ ...proxied, OGPLUS_CLIENT_RENDERS_PER_MINUTE: '2' });
    await using origin = await startOrigin(cached);
    const website = await test.website(origin.url);
    for (const path of ['/1', '/2']) assert.equal((await test.card(website, path, from('192.0.2.1'))).status, 200);

    const refused = await test.card(website, '/3', from('192.0.2.1'));
    assert.deepEqual([refused.status, refused.headers['retry-after']], [429, '30']);
    assert.deepEqual(violated(refused), { name: 'client', policy: { q: 2, w: 60 }, left: { r: 0, t: 30 } });
    assert.match(refused.headers['cache-status'] ?? '', /detail=too-many-requests$/);
    assert.match(refused.headers['content-type'] ?? '', /^application\/problem\+json/);
    assert.equal(origin.heard.length, 2);

    assert.equal((await test.card(website, '/3', from('192.0.2.2'))).status, 200);
    test.clock.move(30);
    assert.equal((await test.card(website, '/4', from('192.0.2.1'))).status, 200);
  });

  it('is told apart from others behind a trusted proxy when it has cards drawn by hand too', async () => {
    await using test = await startTestService({ ...proxied, OGPLUS_CLIENT_RENDERS_PER_MINUTE: '1' });
    await using origin = await startOrigin(cached);
    const website = await test.website(origin.url);
    const draw = async (path: string, client: string) => {
      const request = { method: 'POST', body: { target: path }, headers: from(client) };
      const { bytes } = await callApi(test, website, '/drawings', request);
      return (JSON.parse(bytes.toString().trim().split('\n').at(-1) ?? '') as { step: string }).step;
    };
    assert.equal(await draw('/1', '192.0.2.1'), 'done');
    assert.equal(await draw('/2', '192.0.2.1'), 'failed');
    assert.equal(await draw('/2', '192.0.2.2'), 'done');
  });

  it('gets whatever is kept: fresh, and stale where the page allows it', async () => {
    await using test = await startTestService({ OGPLUS_CLIENT_RENDERS_PER_MINUTE: '1' });
    await using origin = await startOrigin(cached);
    const website = await test.website(origin.url);
    const drawn = await test.card(website, '/kept');
    for (let count = 0; count < 20; count++) {
      const fresh = await test.card(website, '/kept');
      assert.match(fresh.headers['cache-status'] ?? '', /^ogplus; hit/);
    }
    test.clock.move(61);
    assert.equal((await test.card(website, '/other')).status, 200);
    const stale = await test.card(website, '/kept');
    assert.equal(stale.status, 200);
    assert.match(stale.headers['cache-status'] ?? '', /^ogplus; hit; ttl=-1; detail=stale-if-error$/);
    assert.deepEqual(stale.body, drawn.body);
    assert.equal((await test.card(website, '/third')).status, 429);
  });

  it('does not get a stale card where the page forbids it', async () => {
    await using test = await startTestService({ OGPLUS_CLIENT_RENDERS_PER_MINUTE: '1' });
    await using origin = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=60, must-revalidate' } }));
    const website = await test.website(origin.url);
    await test.card(website, '/kept');
    test.clock.move(61);
    await test.card(website, '/other');
    assert.equal((await test.card(website, '/kept')).status, 429);
  });

  it('pays nothing for a failure that is remembered, nor for a render that it shares', async () => {
    await using test = await startTestService({ OGPLUS_CLIENT_RENDERS_PER_MINUTE: '2' });
    await using origin = await startOrigin(page({ status: 500 }));
    const website = await test.website(origin.url);
    for (let count = 0; count < 5; count++) assert.equal((await test.card(website, '/broken')).status, 502);
    origin.answer = cached;
    const same = await Promise.all(Array.from({ length: 10 }, () => test.card(website, '/same')));
    for (const { status } of same) assert.equal(status, 200);
    assert.equal((await test.card(website, '/more')).status, 429);
  });
});

describe('a card that was refused', () => {
  it('leaves nothing written down', async () => {
    await using test = await startTestService({ OGPLUS_CLIENT_RENDERS_PER_MINUTE: '1' });
    await using origin = await startOrigin(cached);
    const website = await test.website(origin.url);
    assert.equal((await test.card(website, '/drawn')).status, 200);
    for (let n = 0; n < 10; n++) assert.equal((await test.card(website, `/x${n}`)).status, 429);
    await test.service[Symbol.asyncDispose]();
    await using store = await openStore(test.dataDir);
    assert.equal((await store.activity.decisionsOf(website.id, target('/drawn'))).length, 1);
    for (let n = 0; n < 10; n++) assert.deepEqual(await store.activity.decisionsOf(website.id, target(`/x${n}`)), []);
  });
});

describe('a website of which more new cards are asked for than it may have', () => {
  it('is fetched and drawn no more often, whoever asks; other websites are', async () => {
    await using test = await startTestService({ ...proxied, OGPLUS_WEBSITE_RENDERS_PER_MINUTE: '3' });
    await using origin = await startOrigin(cached);
    await using otherOrigin = await startOrigin(cached);
    const website = await test.website(origin.url);
    const other = await test.website(otherOrigin.url);
    const ask = (path: number) => test.card(website, `/x${path}`, from(`192.0.2.${path}`));
    const answers = await Promise.all(Array.from({ length: 10 }, (_, path) => ask(path)));
    assert.equal(answers.filter(({ status }) => status === 200).length, 3);
    const refused = answers.find(({ status }) => status === 429);
    assert.ok(refused);
    assert.deepEqual(violated(refused), { name: 'website', policy: { q: 3, w: 60 }, left: { r: 0, t: 20 } });
    assert.equal(origin.heard.length, 3);
    assert.equal((await test.card(other, '/')).status, 200);
    test.clock.move(20);
    assert.equal((await ask(11)).status, 200);
  });

  it('is so for pages that are gone too', async () => {
    await using test = await startTestService({ OGPLUS_WEBSITE_RENDERS_PER_MINUTE: '3' });
    await using origin = await startOrigin(page({ status: 404, headers: { 'Cache-Control': 'max-age=60' } }));
    const website = await test.website(origin.url);
    const statuses = [];
    for (let path = 0; path < 5; path++) statuses.push((await test.card(website, `/x${path}`)).status);
    assert.deepEqual(statuses, [404, 404, 404, 429, 429]);
    assert.equal(origin.heard.length, 3);
  });

  it('still has its kept cards renewed by 304, which draws nothing', async () => {
    await using test = await startTestService({ OGPLUS_WEBSITE_RENDERS_PER_MINUTE: '1' });
    await using origin = await startOrigin(page({ headers: { 'Cache-Control': 'no-cache', ETag: '"a"' } }));
    const website = await test.website(origin.url);
    for (let count = 0; count < 5; count++) assert.equal((await test.card(website, '/')).status, 200);
  });
});

describe('a service whose queue is full', () => {
  it('says so in the same fields', async () => {
    await using test = await startTestService({ OGPLUS_FETCHES_PER_WEBSITE: '1', OGPLUS_QUEUE_LIMIT: '1' });
    const release = Promise.withResolvers<void>();
    await using origin = await startOrigin((req, res) => void release.promise.then(() => cached(req, res)));
    const website = await test.website(origin.url);
    const asked = ['/1', '/2', '/3'].map((path) => test.card(website, path));
    const refused = await Promise.race(asked);
    assert.deepEqual([refused.status, refused.headers['retry-after']], [503, '2']);
    assert.deepEqual(violated(refused), {
      name: 'queue',
      policy: { q: 1, qu: 'concurrent-requests' },
      left: { r: 0, t: 2 },
    });
    release.resolve();
    await Promise.all(asked);
  });
});
