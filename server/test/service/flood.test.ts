import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { page, startOrigin } from '../harness/origin.ts';
import { startTestService } from '../harness/service.ts';
import { until } from '../harness/until.ts';
import { target } from '../store/contract/samples.ts';

const cached = page({ headers: { 'Cache-Control': 'max-age=600' } });

describe('a flood of invented paths on one website', () => {
  it('leaves the next renderer that comes free to another website, and its kept cards as they are', async () => {
    // More at once than may wait, so that the flood fills all there is.
    await using test = await startTestService({
      OGPLUS_RENDERERS: '1',
      OGPLUS_QUEUE_LIMIT: '20',
      OGPLUS_FETCHES_PER_WEBSITE: '100',
    });
    await using flooded = await startOrigin(cached);
    await using quiet = await startOrigin(cached);
    const [a, b] = [await test.website(flooded.url), await test.website(quiet.url)];
    await test.card(b, '/kept');

    const { renderer } = test.service;
    const before = renderer.started;
    const flood = Array.from({ length: 200 }, (_, n) => test.card(a, `/x${n}`).then(({ status }) => status));
    await until('the queue is full', () => renderer.waiting === 20 && renderer.started > before);

    assert.match((await test.card(b, '/kept')).headers['cache-status'] ?? '', /^ogplus; hit/);
    const asked = renderer.started;
    const cold = await test.card(b, '/cold');
    assert.equal(cold.status, 200);
    const drawnMeanwhile = renderer.started - asked - 1;
    // Those that were drawn while its page was fetched, and one that had its turn before it.
    assert.ok(drawnMeanwhile <= 5, `${drawnMeanwhile} of the flood were drawn before it`);

    const statuses = await Promise.all(flood);
    assert.deepEqual([...new Set(statuses)].sort(), [200, 503]);
  });

  it('does not fill the database, whatever the website answers', async () => {
    await using test = await startTestService({ OGPLUS_PAGES_PER_WEBSITE: '10' });
    await using origin = await startOrigin(page({ status: 404, headers: { 'Cache-Control': 'max-age=86400' } }));
    const website = await test.website(origin.url);
    for (let n = 0; n < 40; n++) assert.equal((await test.card(website, `/x${n}`)).status, 404);
    const kept = await Promise.all(
      Array.from({ length: 40 }, (_, n) => test.service.store.cards.ofPage(website.id, target(`/x${n}`))),
    );
    assert.equal(kept.filter((cards) => cards.length > 0).length, 10);
  });
});
