import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
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

  describe('the turn to make a card', () => {
    it('is given to one of all who want it at once, in two processes', async () => {
      await using harness = await open();
      const second = await harness.secondProcess();
      const { id } = drawn(await makeWebsite(harness.store), '/');
      const stores = [harness.store, second, harness.store, second];
      const turns = await Promise.all(stores.map(({ cards }) => cards.takeTurn(id, ttl)));
      assert.equal(turns.filter(({ lease }) => lease !== undefined).length, 1);
    });

    it('comes with the card that its last holder kept, however close they follow each other', async () => {
      await using harness = await open();
      const { store } = harness;
      const second = await harness.secondProcess();
      const website = await makeWebsite(store);
      for (let round = 0; round < 20; round++) {
        const { card, bytes, id } = drawn(website, `/${round}`);
        const { lease } = await store.cards.takeTurn(id, ttl);
        assert.ok(lease !== undefined);
        const keeping = store.cards.keep(card, bytes, { lease });
        for (;;) {
          await nextTurn();
          const turn = await second.cards.takeTurn(id, ttl);
          if (turn.lease === undefined) continue;
          assert.deepEqual(turn.card, card);
          break;
        }
        assert.equal(await keeping, 'kept');
      }
    });

    it('is another one after a purge that covers the page, and says so', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      const { id } = drawn(website, '/');
      const before = await store.cards.takeTurn(id, ttl);
      assert.deepEqual(before.purge, await store.changes.purgeState(website.id, id.target));
      const purgeVersion = await store.changes.purge(website.id, { kind: 'page', target: id.target });
      const { lease, purge } = await store.cards.takeTurn(id, ttl);
      assert.ok(lease !== undefined);
      assert.deepEqual(purge, { purgeVersion, covering: purgeVersion, purged: true });
    });
  });

  describe('a card that was made under a lease', () => {
    it('is kept for its holder', async () => {
      await using harness = await open();
      const { store } = harness;
      const { card, bytes, id } = drawn(await makeWebsite(store), '/');
      const lease = await acquire(store);
      assert.equal(await store.cards.keep(card, bytes, { lease }), 'kept');
      assert.deepEqual(await store.cards.find(id), card);
    });

    it('releases its lease as it is kept', async () => {
      await using harness = await open();
      const { store } = harness;
      const second = await harness.secondProcess();
      const website = await makeWebsite(store);
      const { card, bytes } = drawn(website, '/');
      const lease = await acquire(store);
      assert.equal(await store.cards.keep(card, bytes, { lease }), 'kept');
      const next = await acquire(second);
      assert.equal(await store.cards.keep(card, bytes, { lease }), 'late');
      assert.equal(await second.leases.renew(next, ttl), true);
    });

    it('that is refused leaves the lease to its holder', async () => {
      await using harness = await open();
      const { store } = harness;
      const second = await harness.secondProcess();
      const website = await makeWebsite(store);
      const { card, bytes } = drawn(website, '/');
      const lease = await acquire(store);
      await store.changes.purge(website.id, { kind: 'website' });
      assert.equal(await store.cards.keep(card, bytes, { lease }), 'purged');
      assert.equal(await second.leases.acquire(lease.name, ttl), undefined);
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
      assert.equal(await store.cards.keep(card, bytes, { lease: late }), 'late');
      assert.equal(await store.cards.find(id), undefined);
      assert.equal(await second.cards.keep(card, bytes, { lease: next }), 'kept');
      await second.leases.release(next);
      assert.equal(await store.cards.keep(card, bytes, { lease: late }), 'late');
    });
  });
}
