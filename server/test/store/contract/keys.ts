import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { epochMs } from '../../../src/model/units.ts';
import type { PublicKey } from '../../../src/model/website.ts';
import type { Open } from './harness.ts';
import { makeWebsite, newWebsite } from './samples.ts';

const another = 'ogplus_pk_another' as PublicKey;

export function keysContract(open: Open): void {
  describe('the keys of a website', () => {
    it('begin with the one that it was made with', async () => {
      await using harness = await open();
      const { store } = harness;
      const { id: websiteId, publicKey, createdAt } = await makeWebsite(store);
      const first = { publicKey, websiteId, createdAt, revokedAt: null };
      assert.deepEqual(await store.keysOf(websiteId), [first]);
      assert.deepEqual(await store.findKey(publicKey), first);
      assert.equal(await store.findKey(another), undefined);
    });

    it('all name it, until they are revoked, each for itself', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      const [made, revoked] = [clock.now(), clock.move(1)];
      assert.equal(await store.createKey(website.id, another, made), true);
      for (const key of [website.publicKey, another]) assert.deepEqual(await store.websiteByPublicKey(key), website);

      assert.equal(await store.revokeKey(website.publicKey, revoked), true);
      assert.equal(await store.websiteByPublicKey(website.publicKey), undefined);
      assert.deepEqual(await store.websiteByPublicKey(another), website);
      assert.deepEqual(await store.websiteByConnection(website.connection), website);
      assert.deepEqual(
        (await store.keysOf(website.id)).map((key) => [key.publicKey, key.revokedAt]),
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
      assert.equal(await harness.store.revokeKey(publicKey, at), true);
      assert.equal(await harness.store.revokeKey(publicKey, harness.clock.move(1)), false);
      assert.equal(await harness.store.revokeKey(another, at), false);
      const reopened = await harness.reopen();
      assert.equal((await reopened.findKey(publicKey))?.revokedAt, at);
      assert.equal(await reopened.websiteByPublicKey(publicKey), undefined);
    });

    it('are nobody else’s, not even once they are revoked', async () => {
      await using harness = await open();
      const { store } = harness;
      const first = await makeWebsite(store, 'first');
      const second = await makeWebsite(store, 'second');
      await store.revokeKey(first.publicKey, epochMs(1));
      assert.equal(await store.createKey(second.id, first.publicKey, epochMs(2)), false);
      const third = { ...newWebsite('third'), publicKey: first.publicKey };
      assert.equal(await store.createWebsite(third), undefined);
      assert.deepEqual(await store.keysOf(second.id), [await store.findKey(second.publicKey)]);
    });

    it('that were made and revoked by one process are so for the others at once', async () => {
      await using harness = await open();
      const { store } = harness;
      const second = await harness.secondProcess();
      const website = await makeWebsite(store);
      second.changes();
      await store.createKey(website.id, another, epochMs(1));
      assert.deepEqual(second.changes(), [{ kind: 'website', websiteId: website.id }]);
      await store.revokeKey(another, epochMs(2));
      assert.deepEqual(second.changes(), [{ kind: 'website', websiteId: website.id }]);
      assert.equal(await second.websiteByPublicKey(another), undefined);
    });

    it('go with it', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      await store.removeWebsite(website.origin);
      assert.deepEqual(await store.keysOf(website.id), []);
      assert.equal(await store.createKey(website.id, another, epochMs(1)), false);
    });
  });
}
