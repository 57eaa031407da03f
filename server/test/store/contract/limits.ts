import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SharedRate } from '../../../src/cards/limits/shared-rate.ts';
import { milliseconds } from '../../../src/model/units.ts';
import type { Store } from '../../../src/store/ports/store.ts';
import { WaitingTimers } from '../../cards/model/timers.ts';
import type { MovableClock, Open } from './harness.ts';

const used = async ({ limits }: Store, key: string, ms: number) =>
  (await limits.settle(new Map([[key, milliseconds(ms)]]))).get(key);

/** What a process limits by: its own bucket, and the timer that settles it. */
function rateOf(store: Store, clock: MovableClock, perMinute: number) {
  const timers = new WaitingTimers();
  const onFailure = (error: unknown) => assert.fail(String(error));
  const rate = new SharedRate({ name: 'website', perMinute, limits: store.limits, clock, timers, onFailure });
  return { rate, timers };
}

export function limitsContract(open: Open): void {
  describe('a quota', () => {
    it('is used by all processes, comes back with time, and is each key’s own', async () => {
      await using harness = await open();
      const second = await harness.secondProcess();
      assert.equal(await used(harness.store, 'a', 1000), 1000);
      assert.equal(await used(second, 'a', 500.25), 1500.25);
      assert.equal(await used(second, 'b', 10), 10);
      assert.equal(await used(second, 'a', -500.25), 1000);
      harness.clock.moveMs(400);
      assert.equal(await used(harness.store, 'a', 0), 600);
      harness.clock.moveMs(5000);
      assert.equal(await used(second, 'a', 100), 100);
    });

    for (const [name, ms] of [
      ['minutes', 180_000],
      ['an hour', 3_600_000],
      ['hours', 7_200_000],
    ] as const) {
      it(`is whole after a start where it was used before the clock was set back by ${name}`, async () => {
        await using harness = await open();
        await used(harness.store, 'a', 1000);
        harness.clock.moveMs(-ms);
        assert.equal(await used(await harness.reopen(), 'a', 100), 100);
      });
    }

    it('is forgotten by a sweep once it is whole', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      await used(store, 'a', 1000);
      await used(store, 'b', 90_000);
      clock.moveMs(2000);
      await store.limits.sweep();
      assert.equal(await used(store, 'b', 0), 88_000);
    });

    it('takes a thousand keys at once', async () => {
      await using harness = await open();
      const many = new Map(Array.from({ length: 1200 }, (_, n) => [`key ${n}`, milliseconds(n + 1)] as const));
      const settled = await harness.store.limits.settle(many);
      assert.deepEqual(settled, many);
    });
  });

  for (const perMinute of [6, 60, 600]) {
    describe(`a rate of ${perMinute} a minute that four processes share`, () => {
      it('holds within a tenth, at once and for as long as they ask', async () => {
        await using harness = await open();
        const { store, clock } = harness;
        const second = await harness.secondProcess();
        const rates = [store, second, store, second].map((each) => rateOf(each, clock, perMinute));
        let taken = 0;
        for (let passed = 0; passed <= 120; passed += 10) {
          // Each takes as much as it gets, all at the same moment.
          await Promise.all(
            rates.map(async ({ rate }) => {
              while ((await rate.take('key')) === 0) taken++;
            }),
          );
          const allowed = perMinute + Math.floor((perMinute * passed) / 60);
          assert.ok(taken <= allowed + perMinute / 10, `${taken} of ${allowed} after ${passed} s`);
          assert.ok(taken >= allowed * 0.9 - 1, `${taken} of ${allowed} after ${passed} s`);
          clock.moveMs(10_000);
          for (const { timers } of rates) timers.tick();
        }
        for (const { rate } of rates) await rate[Symbol.asyncDispose]();
      });
    });
  }

  describe('a rate whose database does not answer', () => {
    it('is each process’s own meanwhile', async () => {
      await using harness = await open();
      const limits = { settle: () => new Promise<never>(() => {}), sweep: async () => {} };
      const timers = new WaitingTimers();
      const options = { name: 'a', perMinute: 3, limits, clock: harness.clock, timers };
      const rate = new SharedRate({ ...options, onFailure: () => {} });
      for (let n = 0; n < 3; n++) {
        const taking = rate.take('key');
        for (const goOn of timers.waiting) goOn(); // it has waited long enough
        assert.equal(await taking, 0);
      }
      assert.equal(await rate.take('key'), 20_000);
    });
  });
}
