import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { page, startOrigin } from '../harness/origin.ts';
import { startTestService } from '../harness/service.ts';
import { until } from '../harness/until.ts';

describe('500 requests at once for one cold card', () => {
  for (const directive of ['max-age=600', 'no-store']) {
    it(`cost one fetch and one render, and all get it (${directive})`, async () => {
      await using test = await startTestService();
      const allWait = Promise.withResolvers<void>();
      const answer = page({ headers: { 'Cache-Control': directive } });
      await using origin = await startOrigin((req, res) => void allWait.promise.then(() => answer(req, res)));
      const website = await test.website(origin.url);
      const asking = Promise.all(Array.from({ length: 500 }, () => test.card(website, '/cold')));
      const waiting = async () => /^ogplus_requests_waiting 500$/m.test((await test.ask('/metrics')).body.toString());
      await until('all of them wait', waiting);
      allWait.resolve();
      const answers = await asking;
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
      assert.equal(new Set(answers.map(({ headers }) => headers['etag'])).size, 1);
      assert.equal(origin.heard.length, 1);
      assert.equal(test.service.renderer.started, 1);
      assert.ok(answers.some(({ headers }) => headers['cache-status']?.includes('collapsed')));
    });
  }
});

describe('1,000 requests at once for a card that just went stale', () => {
  it('cost one conditional fetch', async () => {
    await using test = await startTestService();
    const headers = { 'Cache-Control': 'max-age=60', ETag: '"a"' };
    await using origin = await startOrigin(page({ headers }));
    const website = await test.website(origin.url);
    await test.card(website, '/stale');
    test.clock.move(61);
    const answers = await Promise.all(Array.from({ length: 1000 }, () => test.card(website, '/stale')));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    assert.equal(origin.heard.length, 2);
    assert.equal(test.service.renderer.started, 1);
  });
});

describe('more cold cards than may wait', () => {
  it('are turned away with 503 and Retry-After, while kept cards are served', async () => {
    await using test = await startTestService({ OGPLUS_RENDERERS: '1', OGPLUS_QUEUE_LIMIT: '2' });
    await using origin = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=600' } }));
    const website = await test.website(origin.url);
    await test.card(website, '/kept');
    const flood = Array.from({ length: 12 }, (_, index) => test.card(website, `/cold-${index}`));
    const kept = await test.card(website, '/kept');
    assert.equal(kept.status, 200);
    const answers = await Promise.all(flood);
    const turnedAway = answers.filter(({ status }) => status === 503);
    assert.ok(turnedAway.length > 0 && turnedAway.length < 12, `${turnedAway.length} of 12`);
    for (const { headers } of turnedAway) assert.match(headers['retry-after'] ?? '', /^\d+$/);
    assert.ok(answers.every(({ status }) => status === 200 || status === 503));
  });
});

describe('a page that changes while it is purged', () => {
  it('is never kept as it was before the purge', async () => {
    await using test = await startTestService();
    const held = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const headers = { 'Cache-Control': 'max-age=600' };
    await using origin = await startOrigin(async (req, res) => {
      asked.resolve();
      await held.promise;
      page({ headers, body: 'old' })(req, res);
    });
    const website = await test.website(origin.url);
    const before = test.card(website, '/page');
    await asked.promise;
    await test.service.store.changes.purge(website.id, { kind: 'website' });
    origin.answer = page({ headers, body: 'new' });
    const after = test.card(website, '/page');
    held.resolve();
    const [old, fresh] = await Promise.all([before, after]);
    assert.equal(origin.heard.length, 2);
    assert.notDeepEqual(fresh.body, old.body);
    assert.deepEqual((await test.card(website, '/page')).body, fresh.body);
  });
});
