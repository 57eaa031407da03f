import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Change, PurgeScope } from '../../../src/model/change.ts';
import { seconds } from '../../../src/model/units.ts';
import type { Open } from './harness.ts';
import { cardId, draw, makeWebsite, target } from './samples.ts';

const wholeWebsite: PurgeScope = { kind: 'website' };

export function changesContract(open: Open): void {
  describe('what one process changes', () => {
    it('is void for the other at once', async () => {
      await using harness = await open();
      const { store } = harness;
      const second = await harness.secondProcess();
      const website = await makeWebsite(store);
      const { card, id } = await draw(store, website, '/');
      assert.deepEqual(await second.find(id), card);
      await store.purge(website.id, wholeWebsite);
      assert.equal(await second.find(id), undefined);
      await draw(second, website, '/');
      assert.notEqual(await store.find(id), undefined);
    });

    it('is seen by itself and by the other, once and in order', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      const second = await harness.secondProcess();
      store.changes();
      const scopes: PurgeScope[] = [
        { kind: 'page', target: target('/a') },
        { kind: 'prefix', prefix: target('/b/') },
        wholeWebsite,
        { kind: 'page', target: target('/a') },
      ];
      for (const scope of scopes) await store.purge(website.id, scope);
      const expected: Change[] = scopes.map((scope) => ({ kind: 'purge', websiteId: website.id, scope }));
      for (const process of [store, second]) {
        assert.deepEqual(process.changes(), expected);
        assert.deepEqual(process.changes(), []);
      }
    });

    it('is seen in both directions', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      const second = await harness.secondProcess();
      store.changes();
      const purge: Change = { kind: 'purge', websiteId: website.id, scope: wholeWebsite };
      await second.purge(website.id, wholeWebsite);
      assert.deepEqual(store.changes(), [purge]);
      await store.purge(website.id, wholeWebsite);
      assert.deepEqual(second.changes(), [purge, purge]);
      assert.deepEqual(store.changes(), [purge]);
    });

    it('includes websites that were made, changed and removed', async () => {
      await using harness = await open();
      const { store } = harness;
      const second = await harness.secondProcess();
      const website = await makeWebsite(store);
      const change: Change = { kind: 'website', websiteId: website.id };
      assert.deepEqual(second.changes(), [change]);
      await store.changeSettings(website.id, { defaultMaxAge: seconds(1) });
      assert.deepEqual(second.changes(), [change]);
      await store.removeWebsite(website.origin);
      assert.ok(second.changes().some(({ kind, websiteId }) => kind === 'website' && websiteId === website.id));
    });

    it('is nothing where cards were kept, renewed and asked for', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      const second = await harness.secondProcess();
      store.changes();
      const { card, id } = await draw(store, website, '/');
      await store.renew(website.id, id.target, card.responseId, card);
      await store.asked([{ id, requests: 1 }], clock.now());
      await store.forget(id);
      for (const process of [store, second]) assert.deepEqual(process.changes(), []);
    });
  });

  describe('a process that was opened after a change', () => {
    it('is told of none of it', async () => {
      await using harness = await open();
      const website = await makeWebsite(harness.store);
      await harness.store.purge(website.id, wholeWebsite);
      const later = await harness.secondProcess();
      assert.deepEqual(later.changes(), []);
    });
  });

  describe('a process that fell behind what is still written down', () => {
    it('is told that every website changed, removed ones too', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const first = await makeWebsite(store, 'first');
      const removed = await makeWebsite(store, 'second');
      const behind = await harness.secondProcess();
      await store.removeWebsite(removed.origin);
      for (let count = 0; count < 10_100; count++) await store.purge(first.id, wholeWebsite);
      await store.sweep(1_000_000, clock.move(1));
      const told = new Set(behind.changes().map(({ websiteId }) => websiteId));
      assert.deepEqual(told, new Set([first.id, removed.id]));
      assert.deepEqual(behind.changes(), []);
      await store.purge(first.id, wholeWebsite);
      assert.equal(behind.changes().length, 1);
      assert.equal(await behind.find(cardId(removed, '/')), undefined);
    });
  });
}
