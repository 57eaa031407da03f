import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PurgeScope } from '../../../src/model/change.ts';
import { type EpochMs, epochMs } from '../../../src/model/units.ts';
import type { PageState } from '../../../src/store/ports/activity.ts';
import type { Open } from './harness.ts';
import { bytesOf, draw, drawn, gone, makeWebsite, orderOf, storedResponse, target } from './samples.ts';

const wholeWebsite: PurgeScope = { kind: 'website' };
const before = (time: EpochMs, ms: number) => epochMs(time - ms);

/** Several processes write what they fetched, in whatever order it comes: the newest response stays, and purges win. */
export function orderContract(open: Open): void {
  describe('a card of an older response', () => {
    it('does not take the place of one of a newer response, not even from another process', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const second = await harness.secondProcess();
      const website = await makeWebsite(store);
      const now = clock.now();
      const newer = await draw(store, website, '/', { receivedAt: before(now, 10), bytes: bytesOf('newer') });
      for (const late of [store, second]) {
        const older = drawn(website, '/', { receivedAt: before(now, 11), bytes: bytesOf('older') });
        assert.equal(await late.cards.keep(older.card, older.bytes), 'older');
        assert.equal(await late.cards.keep(gone(website, '/', { receivedAt: before(now, 11) })), 'older');
        assert.deepEqual(await late.cards.find(newer.id), newer.card);
      }
    });

    it('is kept beside newer ones of other consumers and pages', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      await draw(store, website, '/', { receivedAt: clock.now() });
      await draw(store, website, '/other', { receivedAt: clock.now() });
      const receivedAt = before(clock.now(), 5000);
      assert.equal((await draw(store, website, '/', { consumer: 'slack', receivedAt })).keeping, 'kept');
    });

    it('takes the place of a newer one that a purge made void', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      await draw(store, website, '/', { receivedAt: clock.now() });
      await store.changes.purge(website.id, wholeWebsite);
      const after = await draw(store, website, '/', { receivedAt: before(clock.now(), 5000) });
      assert.equal(after.keeping, 'kept');
      assert.deepEqual(await store.cards.find(after.id), after.card);
    });

    it('takes the place of one that was received in the same moment', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      const receivedAt = clock.now();
      await draw(store, website, '/', { receivedAt, bytes: bytesOf('first') });
      const last = await draw(store, website, '/', { receivedAt, bytes: bytesOf('last') });
      assert.deepEqual(await store.cards.find(last.id), last.card);
    });

    it('takes the place of one from before the clock was set back', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      await draw(store, website, '/', { receivedAt: clock.now(), responseId: 'before' });
      clock.move(-1);
      const after = await draw(store, website, '/', { receivedAt: clock.now(), responseId: 'after' });
      assert.equal(after.keeping, 'kept');
      assert.deepEqual(await store.cards.find(after.id), after.card);
      const renewed = storedResponse('renewed', clock.moveMs(1));
      await store.cards.renew([{ websiteId: website.id, target: target('/'), responseId: 'after', response: renewed }]);
      assert.deepEqual(await store.cards.find(after.id), { ...after.card, ...renewed });
    });
  });

  describe('a renewal that is written late', () => {
    it('does not move a card back to an older response', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const second = await harness.secondProcess();
      const website = await makeWebsite(store);
      const now = clock.now();
      const { card, id } = await draw(store, website, '/', { receivedAt: before(now, 100), responseId: 'r' });
      const renewed = storedResponse('newer', before(now, 10));
      await store.cards.renew([{ websiteId: website.id, target: id.target, responseId: 'r', response: renewed }]);
      await second.cards.renew([
        {
          websiteId: website.id,
          target: id.target,
          responseId: 'r',
          response: storedResponse('older', before(now, 50)),
        },
      ]);
      assert.deepEqual(await store.cards.find(id), { ...card, ...renewed });
    });

    it('changes nothing of what was drawn from another response since', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      const now = clock.now();
      await draw(store, website, '/', { receivedAt: before(now, 100), responseId: 'r' });
      const after = await draw(store, website, '/', { receivedAt: before(now, 20), responseId: 's' });
      await store.cards.renew([
        {
          websiteId: website.id,
          target: target('/'),
          responseId: 'r',
          response: storedResponse('late', before(now, 50)),
        },
      ]);
      assert.deepEqual(await store.cards.find(after.id), after.card);
      const page = (await store.activity.listPages(website.id, allPages, now)).pages[0];
      assert.equal(page?.freshUntil, after.card.policy.freshUntil);
    });

    for (const scope of [{ kind: 'page', target: target('/') }, wholeWebsite] as const) {
      it(`revives nothing that a purge of a ${scope.kind} made void meanwhile`, async () => {
        await using harness = await open();
        const { store, clock } = harness;
        const website = await makeWebsite(store);
        const { id } = await draw(store, website, '/', { receivedAt: before(clock.now(), 100), responseId: 'r' });
        await store.changes.purge(website.id, scope);
        await store.cards.renew([
          { websiteId: website.id, target: id.target, responseId: 'r', response: storedResponse('late', clock.now()) },
        ]);
        assert.equal(await store.cards.find(id), undefined);
        const listed = async (state: PageState | null) =>
          (await store.activity.listPages(website.id, { ...allPages, state }, clock.now())).pages;
        assert.deepEqual(
          (await listed(null)).map((page) => [page.state, page.freshUntil]),
          [['stale', null]],
        );
        assert.deepEqual(await listed('fresh'), []);
      });
    }
  });

  describe('an order to forget that comes late', () => {
    it('leaves a card of a newer response', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const second = await harness.secondProcess();
      const website = await makeWebsite(store);
      const older = drawn(website, '/', { receivedAt: before(clock.now(), 50) }).card;
      const { card, id } = await draw(store, website, '/', { receivedAt: clock.now() });
      await second.cards.forget(id, orderOf(older));
      assert.deepEqual(await store.cards.find(id), card);
    });

    it('leaves a card that was drawn after a purge, when it comes from before it', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      const { purgeVersion } = await store.changes.purgeState(website.id, target('/'));
      await store.changes.purge(website.id, wholeWebsite);
      const { card, id } = await draw(store, website, '/', { receivedAt: clock.now() });
      await store.cards.forget(id, { purgeVersion, receivedAt: clock.moveMs(5) });
      assert.deepEqual(await store.cards.find(id), card);
    });

    it('removes a card that began after a purge of another page', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      const { purgeVersion } = await store.changes.purgeState(website.id, target('/'));
      await store.changes.purge(website.id, { kind: 'page', target: target('/other') });
      const { id } = await draw(store, website, '/', { receivedAt: clock.now() });
      await store.cards.forget(id, { purgeVersion, receivedAt: clock.moveMs(5) });
      assert.equal(await store.cards.find(id), undefined);
    });
  });

  describe('a time that is not a whole number of milliseconds', () => {
    it('is rounded down', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      const { card, bytes, id } = drawn(website, '/', { receivedAt: epochMs(clock.now() - 0.25) });
      const freshUntil = epochMs(clock.now() + 1000.75);
      assert.equal(await store.cards.keep({ ...card, policy: { ...card.policy, freshUntil } }, bytes), 'kept');
      const state = async () => (await store.activity.listPages(website.id, allPages, clock.now())).pages[0];
      assert.equal((await state())?.freshUntil, clock.now() + 1000);
      const renewed = storedResponse('renewed', epochMs(clock.now() - 0.125));
      await store.cards.renew([
        { websiteId: website.id, target: id.target, responseId: card.responseId, response: renewed },
      ]);
      await store.cards.forget(id, { purgeVersion: 0, receivedAt: epochMs(clock.now() + 0.5) });
      assert.equal(await store.cards.find(id), undefined);
    });

    it('is refused where it is no number, and nothing else with it', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      const { card, bytes, id } = await draw(store, website, '/', { receivedAt: clock.now() });
      const freshUntil = epochMs(Number.NaN);
      await assert.rejects(store.cards.keep({ ...card, policy: { ...card.policy, freshUntil } }, bytes), TypeError);
      assert.deepEqual(await store.cards.find(id), card);
      assert.equal((await draw(store, website, '/other')).keeping, 'kept');
    });

    it('may be as far away as a number goes', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      const { card, bytes } = drawn(website, '/');
      const freshUntil = epochMs(1e300);
      assert.equal(await store.cards.keep({ ...card, policy: { ...card.policy, freshUntil } }, bytes), 'kept');
      const page = (await store.activity.listPages(website.id, allPages, clock.now())).pages[0];
      assert.deepEqual([page?.state, page?.freshUntil], ['fresh', Number.MAX_SAFE_INTEGER]);
    });
  });
}

const allPages = { search: '', state: null, sort: 'target', order: 'asc', limit: 10, after: null } as const;
