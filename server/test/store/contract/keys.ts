import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { epochMs } from '../../../src/model/units.ts';
import type { PublicKey } from '../../../src/model/website.ts';
import { changesOf, type Open } from './harness.ts';
import { makeWebsite, newWebsite } from './samples.ts';

const another = 'ogplus_pk_another' as PublicKey;

export function keysContract(open: Open): void {
  describe('the keys of a website', () => {
    it('begin with the one that it was made with', async () => {
      await using harness = await open();
      const { store } = harness;
      const { id: websiteId, publicKey, createdAt } = await makeWebsite(store);
      const first = { publicKey, websiteId, createdAt, revokedAt: null };
      assert.deepEqual(await store.websites.keysOf(websiteId), [first]);
      assert.deepEqual(await store.websites.findKey(publicKey), first);
      assert.equal(await store.websites.findKey(another), undefined);
    });

    it('all name it, until they are revoked, each for itself', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      const [made, revoked] = [clock.now(), clock.move(1)];
      assert.equal(await store.websites.createKey(website.id, another, made), true);
      for (const key of [website.publicKey, another]) assert.deepEqual(await store.websites.byPublicKey(key), website);

      assert.equal(await store.websites.revokeKey(website.publicKey, revoked), true);
      assert.equal(await store.websites.byPublicKey(website.publicKey), undefined);
      assert.deepEqual(await store.websites.byPublicKey(another), website);
      assert.deepEqual(await store.websites.byConnection(website.connection), website);
      assert.deepEqual(
        (await store.websites.keysOf(website.id)).map((key) => [key.publicKey, key.revokedAt]),
        [
          [website.publicKey, revoked],
          [another, null],
        ],
      );
    });

    it('are revoked once, and stay revoked after the store was opened again', async () => {
      await using harness = await open();
      const { publicKey } = await makeWebsite(harness.store);
      const at = harness.clock.now();
      assert.equal(await harness.store.websites.revokeKey(publicKey, at), true);
      assert.equal(await harness.store.websites.revokeKey(publicKey, harness.clock.move(1)), false);
      assert.equal(await harness.store.websites.revokeKey(another, at), false);
      const reopened = await harness.reopen();
      assert.equal((await reopened.websites.findKey(publicKey))?.revokedAt, at);
      assert.equal(await reopened.websites.byPublicKey(publicKey), undefined);
    });

    it('are nobody else’s, not even once they are revoked', async () => {
      await using harness = await open();
      const { store } = harness;
      const first = await makeWebsite(store, 'first');
      const second = await makeWebsite(store, 'second');
      await store.websites.revokeKey(first.publicKey, epochMs(1));
      assert.equal(await store.websites.createKey(second.id, first.publicKey, epochMs(2)), false);
      const third = { ...newWebsite('third'), publicKey: first.publicKey };
      assert.equal(await store.websites.create(third), undefined);
      assert.deepEqual(await store.websites.keysOf(second.id), [await store.websites.findKey(second.publicKey)]);
    });

    it('that were made and revoked by one process are so for the others at once', async () => {
      await using harness = await open();
      const { store } = harness;
      const second = await harness.secondProcess();
      const website = await makeWebsite(store);
      const since = changesOf(second);
      const told = () => since().map((change) => change.kind === 'website' && change.websiteId);
      since();
      await store.websites.createKey(website.id, another, epochMs(1));
      assert.deepEqual(told(), [website.id]);
      await store.websites.revokeKey(another, epochMs(2));
      assert.deepEqual(told(), [website.id]);
      assert.equal(await second.websites.byPublicKey(another), undefined);
    });

    it('go with it', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      await store.websites.remove(website.origin);
      assert.deepEqual(await store.websites.keysOf(website.id), []);
      assert.equal(await store.websites.createKey(website.id, another, epochMs(1)), false);
    });
  });
}
