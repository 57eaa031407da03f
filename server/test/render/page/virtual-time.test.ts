import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { milliseconds } from '../../../src/model/units.ts';
import type { CdpSession } from '../../../src/render/browser/cdp/cdp.ts';
import { VirtualTime } from '../../../src/render/page/clock/virtual-time.ts';

// A page whose clock began at this time, and what it was told. A budget is used up when the test says so.
function page(base: number) {
  const policies: string[] = [];
  let expire = (): void => {};
  const session = {
    send: async (_method: string, { policy }: { policy: string }) => {
      policies.push(policy);
      return { virtualTimeTicksBase: base };
    },
    on: (_event: string, listener: () => void) => {
      expire = listener;
      return () => {};
    },
  };
  return { session: session as unknown as CdpSession, policies, expire: () => expire() };
}

describe('the time of a frame', () => {
  // In microseconds, as Chromium cuts it off.
  const cut = (time: number) => Math.floor(time * 1000);

  for (const base of [17059777.985, 16463085.283, 12225558.485, 0.1, 4e9 + 0.3]) {
    it(`is later than that of the last one, from ${base} on`, async () => {
      const { session, expire } = page(base);
      const time = await VirtualTime.start(session);
      let last = cut(time.frameTime());
      assert.ok(Math.abs(last - cut(base)) <= 1);
      for (let n = 0; n < 50; n++) {
        if (n % 10 === 9) {
          const advanced = time.advance(milliseconds(16), true);
          expire();
          await advanced;
        }
        const next = cut(time.frameTime());
        assert.ok(next > last, `${next} after ${last}`);
        last = next;
      }
    });
  }
});

describe('a budget that is let go on', () => {
  it('goes on', async () => {
    const { session, policies, expire } = page(1);
    const time = await VirtualTime.start(session);
    const advanced = time.advance(milliseconds(16), true);
    await time.letGo();
    expire();
    await advanced;
    assert.deepEqual(policies, ['pause', 'pauseIfNetworkFetchesPending', 'advance']);
  });

  it('does not where it is used up: the clock would have no end', async () => {
    const { session, policies, expire } = page(1);
    const time = await VirtualTime.start(session);
    const advanced = time.advance(milliseconds(16), true);
    expire();
    await advanced;
    await time.letGo();
    assert.deepEqual(policies, ['pause', 'pauseIfNetworkFetchesPending']);
  });

  it('is stopped where it was used up meanwhile', async () => {
    const { session, policies, expire } = page(1);
    const time = await VirtualTime.start(session);
    const advanced = time.advance(milliseconds(16), true);
    const letGo = time.letGo();
    expire();
    await Promise.all([advanced, letGo]);
    assert.deepEqual(policies.at(-1), 'pause');
  });
});
