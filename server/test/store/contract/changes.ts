import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PurgeScope } from '../../../src/model/change.ts';
import { seconds } from '../../../src/model/units.ts';
import type { HostName } from '../../../src/model/website.ts';
import { changesOf, type Open } from './harness.ts';
import { cardId, draw, makeWebsite, orderOf, target } from './samples.ts';

const wholeWebsite: PurgeScope = { kind: 'website' };
const host = 'cards.example.com' as HostName;

export function changesContract(open: Open): void {
  describe('what one process changes', () => {
    it('is void for the other at once', async () => {
      await using harness = await open();
      const { store } = harness;
      const second = await harness.secondProcess();
      const website = await makeWebsite(store);
      const { card, id } = await draw(store, website, '/');
      assert.deepEqual(await second.cards.find(id), card);
      await store.changes.purge(website.id, wholeWebsite);
      assert.equal(await second.cards.find(id), undefined);
      await draw(second, website, '/');
      assert.notEqual(await store.cards.find(id), undefined);
    });

    it('is heard by itself and by the other, once, in order and with its purge version', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      const second = await harness.secondProcess();
      const heard = [changesOf(store), changesOf(second)];
      const scopes: PurgeScope[] = [
        { kind: 'page', target: target('/a') },
        { kind: 'prefix', prefix: target('/b/') },
        wholeWebsite,
        { kind: 'page', target: target('/a') },
      ];
      const versions: number[] = [];
      for (const scope of scopes) versions.push(await store.changes.purge(website.id, scope));
      const expected = scopes.map((scope, index) => ({
        kind: 'purge',
        purgeVersion: versions[index],
        websiteId: website.id,
        scope,
      }));
      for (const since of heard) {
        assert.deepEqual(since(), expected);
        assert.deepEqual(since(), []);
      }
      assert.deepEqual(
        versions,
        [...new Set(versions)].sort((a, b) => a - b),
      );
      assert.equal((await second.changes.purgeState(website.id, target('/'))).purgeVersion, versions.at(-1));
    });

    it('has been heard by its own listeners when the change is done', async () => {
      await using harness = await open();
      const { store } = harness;
      const heard: string[] = [];
      const listening = store.changes.listen(({ kind }) => heard.push(kind));
      const website = await makeWebsite(store);
      assert.deepEqual(heard, ['website']);
      await store.changes.purge(website.id, wholeWebsite);
      assert.deepEqual(heard, ['website', 'purge']);
      listening[Symbol.dispose]();
      await store.changes.purge(website.id, wholeWebsite);
      assert.equal(heard.length, 2);
    });

    it('is heard in both directions, in one order', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      const second = await harness.secondProcess();
      const [here, there] = [changesOf(store), changesOf(second)];
      const first = await second.changes.purge(website.id, wholeWebsite);
      const next = await store.changes.purge(website.id, wholeWebsite);
      for (const since of [here, there]) {
        assert.deepEqual(
          since().map(({ purgeVersion }) => purgeVersion),
          [first, next],
        );
      }
    });

    it('includes websites that were made, changed and removed, with the host name of their own', async () => {
      await using harness = await open();
      const { store } = harness;
      const since = changesOf(await harness.secondProcess());
      const told = () =>
        since().map((change) => (change.kind === 'website' ? [change.websiteId, change.ownHost] : change.kind));
      const website = await makeWebsite(store);
      assert.deepEqual(told(), [[website.id, null]]);
      await store.websites.changeSettings(website.id, { ownHost: host });
      assert.deepEqual(told(), [[website.id, null]]);
      await store.websites.proveOwnHost(website.id, { name: host, by: 'dns' });
      assert.deepEqual(told(), [[website.id, host]]);
      await store.websites.changeSettings(website.id, { defaultMaxAge: seconds(1) });
      assert.deepEqual(told(), [[website.id, host]]);
      assert.deepEqual(await store.websites.ownHosts(), new Map([[host, website.id]]));
      await store.websites.remove(website.origin);
      assert.deepEqual(told(), [[website.id, null]]);
      assert.deepEqual(await store.websites.ownHosts(), new Map());
    });

    it('is nothing where cards were kept, renewed and asked for', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      const second = await harness.secondProcess();
      const heard = [changesOf(store), changesOf(second)];
      const { card, id } = await draw(store, website, '/');
      await store.cards.renew([
        { websiteId: website.id, target: id.target, responseId: card.responseId, response: card },
      ]);
      await store.cards.noteAsked([{ id, requests: 1 }], clock.now());
      await store.cards.forget(id, orderOf(card));
      for (const since of heard) assert.deepEqual(since(), []);
    });
  });

  describe('a process that was opened after a change', () => {
    it('is told of none of it', async () => {
      await using harness = await open();
      const website = await makeWebsite(harness.store);
      await harness.store.changes.purge(website.id, wholeWebsite);
      const since = changesOf(await harness.secondProcess());
      assert.deepEqual(since(), []);
    });
  });

  describe('a process that fell behind what is still written down', () => {
    it('is told that everything may have changed, and which host names there are', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const first = await makeWebsite(store, 'first');
      const removed = await makeWebsite(store, 'second');
      await store.websites.changeSettings(first.id, { ownHost: host });
      await store.websites.proveOwnHost(first.id, { name: host, by: 'dns' });
      const behind = await harness.secondProcess();
      const since = changesOf(behind);
      await store.websites.remove(removed.origin);
      since();
      const purgeVersion = await harness.manyChanges(first, 10_100);
      await store.sweep(1_000_000, clock.move(1));
      await harness.wake();
      assert.deepEqual(since(), [{ kind: 'everything', purgeVersion, ownHosts: new Map([[host, first.id]]) }]);
      assert.deepEqual(since(), []);
      await store.changes.purge(first.id, wholeWebsite);
      assert.equal(since().length, 1);
      assert.equal(await behind.cards.find(cardId(removed, '/')), undefined);
    });
  });
}
