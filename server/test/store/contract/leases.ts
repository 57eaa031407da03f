import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { milliseconds } from '../../../src/model/units.ts';
import type { Lease } from '../../../src/store/ports/leases.ts';
import type { Store } from '../../../src/store/ports/store.ts';
import type { Open } from './harness.ts';
import { drawn, makeWebsite } from './samples.ts';

const ttl = milliseconds(3000);

async function acquire({ leases }: Store, name = 'render /'): Promise<Lease> {
  const lease = await leases.acquire(name, ttl);
  assert.ok(lease !== undefined, `${name} is held by another`);
  return lease;
}

export function leasesContract(open: Open): void {
  describe('a lease', () => {
    it('is held by one of those who want it at once, in two processes', async () => {
      await using harness = await open();
      const second = await harness.secondProcess();
      const stores = [harness.store, second, harness.store, second];
      const got = await Promise.all(stores.map(({ leases }) => leases.acquire('render /', ttl)));
      assert.equal(got.filter((lease) => lease !== undefined).length, 1);
      await acquire(second, 'render /other');
    });

    it('is free again once it was given back, under another holder', async () => {
      await using harness = await open();
      const second = await harness.secondProcess();
      const first = await acquire(harness.store);
      await harness.store.leases.release(first);
      const next = await acquire(second);
      assert.equal(next.name, first.name);
      assert.notEqual(next.holder, first.holder);
    });

    it('runs out by the clock of the store, when its holder died', async () => {
      await using harness = await open();
      const second = await harness.secondProcess();
      await acquire(harness.store);
      harness.clock.moveMs(ttl - 1);
      assert.equal(await second.leases.acquire('render /', ttl), undefined);
      harness.clock.moveMs(1);
      await acquire(second);
    });

    it('of a holder that died is free again in time, when the clock was set back', async () => {
      await using harness = await open();
      const second = await harness.secondProcess();
      await acquire(harness.store);
      harness.clock.move(-1);
      await acquire(second);
    });

    it('goes on for as long as it is renewed', async () => {
      await using harness = await open();
      const second = await harness.secondProcess();
      const lease = await acquire(harness.store);
      for (let times = 0; times < 5; times++) {
        harness.clock.moveMs(ttl - 1);
        assert.equal(await harness.store.leases.renew(lease, ttl), true);
        assert.equal(await second.leases.acquire('render /', ttl), undefined);
      }
    });

    it('is still its holder’s after it ran out, while nobody else wanted it', async () => {
      await using harness = await open();
      const lease = await acquire(harness.store);
      harness.clock.moveMs(ttl + 1);
      assert.equal(await harness.store.leases.renew(lease, ttl), true);
      assert.equal(await harness.store.leases.acquire('render /', ttl), undefined);
    });

    it('that another took over can be neither renewed nor given back by a late holder', async () => {
      await using harness = await open();
      const second = await harness.secondProcess();
      const late = await acquire(harness.store);
      harness.clock.moveMs(ttl);
      const next = await acquire(second);
      assert.equal(await harness.store.leases.renew(late, ttl), false);
      await harness.store.leases.release(late);
      assert.equal(await harness.store.leases.acquire('render /', ttl), undefined);
      assert.equal(await second.leases.renew(next, ttl), true);
    });

    it('outlives a sweep while it is held', async () => {
      await using harness = await open();
      const lease = await acquire(harness.store);
      await harness.store.sweep(1_000_000, harness.clock.now());
      assert.equal(await harness.store.leases.renew(lease, ttl), true);
    });
  });

  describe('a card that was made under a lease', () => {
    it('is kept for its holder', async () => {
      await using harness = await open();
      const { store } = harness;
      const { card, bytes, id } = drawn(await makeWebsite(store), '/');
      const lease = await acquire(store);
      assert.equal(await store.cards.keep(card, bytes, lease), 'kept');
      assert.deepEqual(await store.cards.find(id), card);
    });

    it('is not kept for a holder that came late', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const second = await harness.secondProcess();
      const website = await makeWebsite(store);
      const { card, bytes, id } = drawn(website, '/', { receivedAt: clock.now() });
      const late = await acquire(store);
      clock.moveMs(ttl);
      const next = await acquire(second);
      assert.equal(await store.cards.keep(card, bytes, late), 'late');
      assert.equal(await store.cards.find(id), undefined);
      assert.equal(await second.cards.keep(card, bytes, next), 'kept');
      await second.leases.release(next);
      assert.equal(await store.cards.keep(card, bytes, late), 'late');
    });
  });
}
