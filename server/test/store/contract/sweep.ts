import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { epochMs } from '../../../src/model/units.ts';
import type { Open } from './harness.ts';
import { bytesOf, draw, drawn, gone, makeWebsite } from './samples.ts';

const plenty = 1_000_000;

export function sweepContract(open: Open): void {
  describe('a sweep', () => {
    it('removes void cards with their pictures, and leaves valid ones', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      await draw(store, website, '/blog/a');
      await draw(store, website, '/blog/b');
      const stays = await draw(store, website, '/c');
      await store.changes.purge(website.id, { kind: 'prefix', prefix: stays.id.target });
      const again = await draw(store, website, '/c', { bytes: bytesOf('again') });
      await store.changes.purge(website.id, { kind: 'page', target: drawn(website, '/blog/a').id.target });
      const swept = await store.sweep(plenty, clock.move(1));
      assert.deepEqual(swept, { recordsRemoved: 1, picturesRemoved: 2, bytesKept: 2000 });
      assert.deepEqual(await store.cards.find(again.id), again.card);
      assert.equal((await store.sweep(plenty, clock.now())).recordsRemoved, 0);
    });

    it('makes no void card valid again, and keeps purges to come after it working', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      const { id } = await draw(store, website, '/');
      await store.changes.purge(website.id, { kind: 'website' });
      for (const hours of [0, 2, 24 * 60]) await store.sweep(plenty, clock.move(hours));
      assert.equal(await store.cards.find(id), undefined);
      await draw(store, website, '/');
      await store.changes.purge(website.id, { kind: 'website' });
      assert.equal(await store.cards.find(id), undefined);
    });

    it('removes a picture that was replaced, but none that is younger than five minutes', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      const old = await draw(store, website, '/', { bytes: bytesOf('old') });
      const current = await draw(store, website, '/', { bytes: bytesOf('current') });
      assert.equal((await store.sweep(plenty, clock.now())).picturesRemoved, 0);
      assert.deepEqual(await harness.pictures(), [old.picture.hash, current.picture.hash].sort());
      assert.equal((await store.sweep(plenty, clock.move(1))).picturesRemoved, 1);
      assert.deepEqual(await harness.pictures(), [current.picture.hash]);
    });

    it('lets other work run while it removes thousands', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      for (let begun = 0; begun < 2000; begun += 100) {
        const some = Array.from({ length: 100 }, (_, index) => gone(website, `/${begun + index}`));
        await Promise.all(some.map((card) => store.cards.keep(card)));
      }
      await store.changes.purge(website.id, { kind: 'website' });
      let turns = 0;
      let sweeping = true;
      const count = () => {
        turns++;
        if (sweeping) setImmediate(count);
      };
      setImmediate(count);
      const { recordsRemoved } = await store.sweep(plenty, clock.now());
      sweeping = false;
      assert.equal(recordsRemoved, 2000);
      assert.ok(turns >= 3, `${turns} turns`);
    });
  });

  describe('a sweep of more pictures than the budget', () => {
    it('evicts the cards that were not asked for longest, and no more than it must', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      const cards = [];
      for (const path of ['/a', '/b', '/c', '/d']) cards.push(await draw(store, website, path));
      const [a, b, c, d] = cards.map(({ id }) => id);
      assert.ok(a && b && c && d);
      const time = clock.now();
      await store.cards.noteAsked([{ id: c, requests: 1 }], epochMs(time + 1000));
      await store.cards.noteAsked([{ id: a, requests: 1 }], epochMs(time + 2000));
      await store.cards.noteAsked(
        [
          { id: d, requests: 1 },
          { id: b, requests: 1 },
        ],
        epochMs(time + 3000),
      );
      await store.cards.noteAsked([{ id: a, requests: 1 }], epochMs(time + 4000));
      const swept = await store.sweep(3500, clock.move(1));
      assert.deepEqual(swept, { recordsRemoved: 1, picturesRemoved: 1, bytesKept: 3000 });
      assert.equal(await store.cards.find(c), undefined);
      await store.sweep(1000, clock.now());
      assert.notEqual(await store.cards.find(a), undefined);
      assert.deepEqual(await harness.pictures(), [drawn(website, '/a').picture.hash]);
    });

    it('counts a picture of two cards once, and removes it with the second', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      const bytes = bytesOf('shared');
      const a = await draw(store, website, '/a', { bytes });
      const b = await draw(store, website, '/b', { bytes });
      const c = await draw(store, website, '/c');
      const time = clock.now();
      for (const [index, { id }] of [a, b, c].entries())
        await store.cards.noteAsked([{ id, requests: 1 }], epochMs(time + 1000 * (index + 1)));
      assert.deepEqual(await store.sweep(2000, clock.move(1)), {
        recordsRemoved: 0,
        picturesRemoved: 0,
        bytesKept: 2000,
      });
      assert.deepEqual(await store.sweep(1500, clock.now()), {
        recordsRemoved: 2,
        picturesRemoved: 1,
        bytesKept: 1000,
      });
      assert.deepEqual(await harness.pictures(), [c.picture.hash]);
    });

    it('leaves nothing on a budget of nothing', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      for (const path of ['/a', '/b']) await draw(store, website, path);
      assert.deepEqual(await store.sweep(0, clock.move(1)), { recordsRemoved: 2, picturesRemoved: 2, bytesKept: 0 });
      assert.deepEqual(await harness.pictures(), []);
    });
  });
}
