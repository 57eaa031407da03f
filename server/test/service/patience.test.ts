import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Asking, cost, revalidated } from '../harness/asking.ts';
import { page } from '../harness/origin.ts';
import { until } from '../harness/until.ts';

const patience = 200;
const asking = new Asking({ OGPLUS_PATIENCE_MS: String(patience) });

const kept = (cacheControl: string) => page({ headers: { 'Cache-Control': cacheControl, ETag: '"a"' } });

describe('a renewal that takes longer than the patience', () => {
  const slow = (answer = kept('max-age=60')) => {
    const release = Promise.withResolvers<void>();
    asking.origin.answer = (req, res) => void release.promise.then(() => answer(req, res));
    return release.resolve;
  };

  it('has the old card sent, and ends behind the answer', async () => {
    asking.origin.answer = kept('max-age=60');
    await asking.ask();
    asking.test.clock.move(61);
    const release = slow();
    const { status, headers } = await asking.ask();
    assert.equal(status, 200);
    assert.match(headers['cache-status'] ?? '', /detail=slow-renewal/);
    release();
    await until('it is renewed', async () =>
      /^ogplus; hit; ttl=\d+$/.test((await asking.ask()).headers['cache-status'] ?? ''),
    );
    assert.equal(asking.origin.heard.length, 2);
  });

  for (const [what, cacheControl] of [
    ['where the page forbids stale answers', 'max-age=60, must-revalidate'],
    ['past the window that the page sets for them', 'max-age=60, stale-while-revalidate=600'],
    ['past the window that the page sets for failures', 'max-age=60, stale-if-error=600'],
  ] as const) {
    it(`is waited for ${what}`, async () => {
      asking.origin.answer = kept(cacheControl);
      await asking.ask();
      asking.test.clock.move(661);
      const release = slow(kept(cacheControl));
      const asked = asking.ask();
      const first = await Promise.race([asked, new Promise<void>((resolve) => setTimeout(resolve, 2 * patience))]);
      assert.equal(first, undefined);
      release();
      assert.deepEqual(cost(await asked), revalidated);
    });
  }
});
