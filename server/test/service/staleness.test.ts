import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { describe, it } from 'node:test';
import { Asking, cost, nothing, revalidated } from '../harness/asking.ts';
import { page } from '../harness/origin.ts';

const asking = new Asking({ OGPLUS_FETCH_TIMEOUT_MS: '3000', OGPLUS_FAILURE_MEMORY_MS: '0' });

const kept = (cacheControl: string) => page({ headers: { 'Cache-Control': cacheControl, ETag: '"a"' } });
const failures: Array<[what: string, answer: (res: ServerResponse) => void]> = [
  ['answers 500', (res) => void res.writeHead(500).end()],
  ['closes the connection', (res) => void res.destroy()],
  ['never answers', () => {}],
];

/** Keeps a card with this `Cache-Control`, moves time on, and has the origin fail. */
async function afterFailure(cacheControl: string, age: number, fail = failures[0]?.[1]) {
  asking.origin.answer = kept(cacheControl);
  assert.equal((await asking.ask()).status, 200);
  asking.test.clock.move(age);
  asking.origin.answer = (_, res) => fail?.(res);
  return asking.ask();
}

describe('a stale card whose origin fails', () => {
  for (const [what, fail] of failures) {
    it(`stands in within stale-if-error, and never past it, where the origin ${what}`, async () => {
      const within = await afterFailure('max-age=60, stale-if-error=600', 600, fail);
      assert.equal(within.status, 200);
      assert.match(within.headers['cache-status'] ?? '', /fwd=stale;.* ttl=-540; detail=stale-if-error$/);
      assert.equal(within.headers['cache-control'], 'no-cache');
      asking.test.clock.move(61);
      assert.ok((await asking.ask()).status >= 502);
    });
  }

  for (const [cacheControl, status] of [
    ['max-age=60', 200],
    ['max-age=60, must-revalidate', 502],
    ['max-age=60, proxy-revalidate', 502],
    ['no-cache', 502],
    ['max-age=60, must-revalidate, stale-if-error=600', 502],
    ['s-maxage=60', 502],
    ['s-maxage=60, stale-if-error=600', 200],
    ['s-maxage=60, stale-while-revalidate=600', 200],
    ['max-age=60, stale-if-error=0', 502],
  ] as const) {
    it(`${status === 200 ? 'stands in' : 'is not sent'} with ${cacheControl}`, async () => {
      assert.equal((await afterFailure(cacheControl, 100)).status, status);
    });
  }

  it('stands in for as long as the origin is down, where the page sets no window, and is renewed after it', async () => {
    assert.equal((await afterFailure('max-age=60', 3600)).status, 200);
    asking.test.clock.move(7 * 86_400);
    assert.equal((await asking.ask()).status, 200);
    asking.origin.answer = kept('max-age=60');
    assert.deepEqual(cost(await asking.ask()), revalidated);
    assert.deepEqual(cost(await asking.ask()), nothing);
  });
});

describe('stale-while-revalidate', () => {
  for (const [cacheControl, age, atOnce] of [
    ['max-age=60, stale-while-revalidate=600', 659, true],
    ['max-age=60, stale-while-revalidate=600', 661, false],
    ['s-maxage=60, stale-while-revalidate=600', 100, true],
    ['max-age=60, must-revalidate, stale-while-revalidate=600', 100, false],
    ['max-age=60, proxy-revalidate, stale-while-revalidate=600', 100, false],
    ['no-cache, stale-while-revalidate=600', 100, false],
    ['max-age=60, stale-while-revalidate=abc', 100, false],
  ] as const) {
    it(`${atOnce ? 'sends the old card at once' : 'waits for the origin'}: ${cacheControl}, at ${age} s`, async () => {
      asking.origin.answer = kept(cacheControl);
      await asking.ask();
      asking.test.clock.move(age);
      const { headers } = await asking.ask();
      assert.match(headers['cache-status'] ?? '', atOnce ? /; hit; .*detail=stale-while-revalidate/ : /fwd-status=304/);
    });
  }
});

describe('a clock', () => {
  it('that is set back an hour, and forward again, costs a conditional request and nothing else', async () => {
    asking.origin.answer = kept('max-age=600');
    await asking.ask();
    asking.test.clock.move(-3600);
    assert.deepEqual(cost(await asking.ask()), revalidated);
    assert.deepEqual(cost(await asking.ask()), nothing);
    asking.test.clock.move(3600);
    assert.deepEqual(cost(await asking.ask()), revalidated);
  });

  it('that leaps a year ahead finds the card stale', async () => {
    asking.origin.answer = kept('max-age=600');
    await asking.ask();
    asking.test.clock.move(31_536_000);
    assert.deepEqual(cost(await asking.ask()), revalidated);
    asking.test.clock.move(-31_536_000);
    assert.equal((await asking.ask()).status, 200);
  });
});
