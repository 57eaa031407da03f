import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { milliseconds, seconds } from '../../../src/model/units.ts';
import { defaultSettings, type HostName } from '../../../src/model/website.ts';
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

    it('has the host that it asks for once it is proven, and nobody else then', async () => {
      await using harness = await open();
      const { websites } = harness.store;
      const [first, second] = [await makeWebsite(harness.store, 'first'), await makeWebsite(harness.store, 'second')];
      const [name, other] = ['cards.example.com' as HostName, 'other.example.com' as HostName];
      for (const { id } of [first, second]) await websites.changeSettings(id, { ownHost: name });
      assert.equal(await websites.byOwnHost(name), undefined);
      assert.deepEqual(await websites.ownHosts(), new Map());
      const unproven = async () => (await websites.unproven(10)).map(({ id }) => id);
      assert.deepEqual(await unproven(), [second.id, first.id]);
      assert.equal((await websites.unproven(1)).length, 1);

      assert.equal(await websites.proveOwnHost(first.id, { name: other, by: 'dns' }), false); // not asked for
      assert.equal(await websites.proveOwnHost(second.id, { name, by: 'dns' }), true);
      assert.equal(await websites.proveOwnHost(first.id, { name, by: 'operator' }), false);
      assert.deepEqual((await websites.byOwnHost(name))?.provenHost, { name, by: 'dns' });
      assert.deepEqual(await unproven(), [first.id]);

      await websites.unproveOwnHost(first.id, name); // which does not have it
      await websites.changeSettings(second.id, { equalDocuments: true });
      assert.equal((await websites.byOwnHost(name))?.id, second.id);
      await websites.unproveOwnHost(second.id, name);
      assert.equal(await websites.proveOwnHost(first.id, { name, by: 'operator' }), true);
      assert.deepEqual(await websites.ownHosts(), new Map([[name, first.id]]));
      await websites.changeSettings(first.id, { ownHost: other });
      assert.equal(await websites.byOwnHost(name), undefined);
      assert.equal((await websites.byId(first.id))?.provenHost, null);
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
