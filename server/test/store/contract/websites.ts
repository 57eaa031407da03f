import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { milliseconds, seconds } from '../../../src/model/units.ts';
import { defaultSettings } from '../../../src/model/website.ts';
import type { Open } from './harness.ts';
import { draw, makeWebsite, newWebsite } from './samples.ts';

export function websitesContract(open: Open): void {
  describe('a website', () => {
    it('is found by its connection, its public key and its origin', async () => {
      await using harness = await open();
      const { store } = harness;
      const made = await makeWebsite(store);
      assert.deepEqual(await store.websites.byConnection(made.connection), made);
      assert.deepEqual(await store.websites.byPublicKey(made.publicKey), made);
      assert.deepEqual(await store.websites.byOrigin(made.origin), made);
      assert.equal(await store.websites.byOrigin(newWebsite('other').origin), undefined);
    });

    it('is there after the store was closed and opened again', async () => {
      await using harness = await open();
      const made = await makeWebsite(harness.store);
      const reopened = await harness.reopen();
      assert.deepEqual(await reopened.websites.list(), [made]);
    });

    it('keeps the settings it is given', async () => {
      await using harness = await open();
      const { store } = harness;
      const made = await makeWebsite(store);
      assert.deepEqual(made.settings, defaultSettings);
      await store.websites.changeSettings(made.id, { defaultMaxAge: seconds(300) });
      await store.websites.changeSettings(made.id, { equalDocuments: true });
      const changed = { ...defaultSettings, defaultMaxAge: 300, equalDocuments: true };
      assert.deepEqual((await store.websites.byOrigin(made.origin))?.settings, changed);
      await store.websites.changeSettings(made.id, { defaultMaxAge: null, equalDocuments: false });
      assert.deepEqual((await store.websites.byOrigin(made.origin))?.settings, defaultSettings);
    });

    it('has its cards void from the moment on that its viewport width is another one', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store, 'first');
      const other = await makeWebsite(store, 'second');
      const kept = await draw(store, other, '/');
      for (const viewportWidth of [800, null]) {
        const { id } = await draw(store, website, '/');
        await store.websites.changeSettings(website.id, { viewportWidth });
        assert.equal(await store.cards.find(id), undefined);
        assert.equal((await store.changes.purgeState(website.id, id.target)).purged, true);
        const again = await draw(store, website, '/');
        await store.websites.changeSettings(website.id, { viewportWidth, patience: milliseconds(5) });
        await store.websites.changeSettings(website.id, { patience: null });
        assert.deepEqual(await store.cards.find(id), again.card);
      }
      assert.deepEqual(await store.cards.find(kept.id), kept.card);
    });

    for (const taken of ['origin', 'connection', 'publicKey'] as const) {
      it(`is not made where its ${taken} is taken`, async () => {
        await using harness = await open();
        const { store } = harness;
        const first = await makeWebsite(store, 'first');
        const second = { ...newWebsite('second'), [taken]: first[taken] };
        assert.equal(await store.websites.create(second), undefined);
        assert.deepEqual(await store.websites.list(), [first]);
      });
    }
  });

  describe('a website that is removed', () => {
    it('is gone with every card, at once', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      const { id, keeping } = await draw(store, website, '/');
      assert.equal(keeping, 'kept');
      assert.equal(await store.websites.remove(website.origin), true);
      assert.deepEqual(await store.websites.list(), []);
      assert.equal(await store.cards.find(id), undefined);
      assert.deepEqual(await store.cards.ofPage(website.id, id.target), []);
    });

    it('leaves nothing for a sweep to keep, and other websites as they were', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store, 'first');
      const other = await makeWebsite(store, 'second');
      await draw(store, website, '/a');
      await draw(store, website, '/b');
      const stays = await draw(store, other, '/a');
      await store.websites.remove(website.origin);
      const swept = await store.sweep(1_000_000, clock.move(1));
      assert.deepEqual(swept, { recordsRemoved: 2, picturesRemoved: 2, bytesKept: 1000 });
      assert.deepEqual(await harness.pictures(), [stays.picture.hash]);
      assert.deepEqual(await store.cards.find(stays.id), stays.card);
    });

    it('keeps no card that was being drawn meanwhile', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      await store.websites.remove(website.origin);
      assert.equal((await draw(store, website, '/')).keeping, 'gone');
    });

    it('leaves its number to nobody: the same origin made again is another website', async () => {
      await using harness = await open();
      const { store } = harness;
      const first = await makeWebsite(store);
      const { id } = await draw(store, first, '/');
      await store.websites.remove(first.origin);
      const second = await makeWebsite(store);
      assert.notEqual(second.id, first.id);
      assert.equal(await store.cards.find({ ...id, websiteId: second.id }), undefined);
    });

    it('is false where there is none', async () => {
      await using harness = await open();
      assert.equal(await harness.store.websites.remove(newWebsite('nobody').origin), false);
    });
  });
}
