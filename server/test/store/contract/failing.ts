import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PageDecision } from '../../../src/model/decision.ts';
import { type EpochMs, epochMs } from '../../../src/model/units.ts';
import type { Website } from '../../../src/model/website.ts';
import type { Store } from '../../../src/store/ports/store.ts';
import type { Open } from './harness.ts';
import { draw, gone, makeWebsite, storedResponse, target } from './samples.ts';

function failure(website: Website, path: string, at: EpochMs): PageDecision {
  const words = { status: 502, explanation: null, failure: `It failed at ${at}.` };
  return {
    websiteId: website.id,
    target: target(path),
    decision: { at, kind: 'failed', consumer: 'generic', ...words },
  };
}

const fails = (store: Store, website: Website, path: string, at: EpochMs) =>
  store.activity.noteDecisions([failure(website, path, at)]);

/** Targets of the pages that are listed as failing, by both ways of asking. */
async function failing({ activity }: Store, { id }: Website, now: EpochMs): Promise<string[]> {
  const query = { search: '', state: 'failing', sort: 'target', order: 'asc', limit: 2000, after: null } as const;
  const listed = (await activity.listPages(id, query, now)).pages.map((page) => String(page.target));
  const { count, newest } = await activity.failingPages(id, 2000);
  assert.deepEqual(newest.map((page) => String(page.target)).toSorted(), listed.toSorted());
  assert.equal(count, listed.length);
  return listed;
}

export function failingContract(open: Open): void {
  describe('a page whose last try failed', () => {
    it('is failing from the failure until it works again', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      await draw(store, website, '/', { receivedAt: clock.now() });
      assert.deepEqual(await failing(store, website, clock.now()), []);
      await fails(store, website, '/', clock.moveMs(1));
      assert.deepEqual(await failing(store, website, clock.now()), ['/']);
      await draw(store, website, '/', { receivedAt: clock.moveMs(1) });
      assert.deepEqual(await failing(store, website, clock.now()), []);
    });

    it('is told by when it failed and worked, whichever was written first', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const second = await harness.secondProcess();
      const website = await makeWebsite(store);
      const [first, next, last] = [clock.now(), clock.moveMs(5), clock.moveMs(5)];
      await draw(store, website, '/worked-last', { receivedAt: last });
      await fails(second, website, '/worked-last', next);
      await fails(store, website, '/failed-last', next);
      await draw(second, website, '/failed-last', { receivedAt: first });
      await draw(store, website, '/gone-last', { receivedAt: first });
      await store.cards.keep(gone(website, '/gone-last', { receivedAt: last }));
      await fails(second, website, '/gone-last', next);
      assert.deepEqual(await failing(store, website, clock.now()), ['/failed-last']);
    });

    it('is failing since its last failure, whichever of them was written last', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      const [first, next, last] = [clock.now(), clock.moveMs(5), clock.moveMs(5)];
      await draw(store, website, '/', { receivedAt: next });
      await fails(store, website, '/', last);
      await fails(store, website, '/', first);
      assert.deepEqual(await failing(store, website, clock.now()), ['/']);
    });

    it('works again when its response was renewed after the failure, and not when before', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      const [first, next, last] = [clock.now(), clock.moveMs(5), clock.moveMs(5)];
      for (const path of ['/before', '/after']) {
        await draw(store, website, path, { receivedAt: first, responseId: path });
        await fails(store, website, path, next);
      }
      await store.cards.renew([
        {
          websiteId: website.id,
          target: target('/after'),
          responseId: '/after',
          response: storedResponse('renewed', last),
        },
      ]);
      await store.cards.renew([
        {
          websiteId: website.id,
          target: target('/before'),
          responseId: '/before',
          response: storedResponse('renewed', epochMs(next - 1)),
        },
      ]);
      assert.deepEqual(await failing(store, website, clock.now()), ['/before']);
    });

    it('is told by the clock as it is now, when it was set back', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      for (const path of ['/works', '/fails']) await draw(store, website, path, { receivedAt: clock.now() });
      await fails(store, website, '/works', clock.now());
      clock.move(-1);
      await draw(store, website, '/works', { receivedAt: clock.now() });
      await fails(store, website, '/fails', clock.now());
      assert.deepEqual(await failing(store, website, clock.now()), ['/fails']);
    });
  });

  describe('a page that never worked', () => {
    it('is failing from its first failure on, with its reason', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      const other = await makeWebsite(store, 'other');
      await fails(store, website, '/', clock.now());
      await fails(store, website, '/', clock.moveMs(5));
      assert.deepEqual(await failing(store, website, clock.now()), ['/']);
      assert.deepEqual(await failing(store, other, clock.now()), []);
      const { newest } = await store.activity.failingPages(website.id, 5);
      const why = {
        kind: 'failed',
        status: 502,
        at: clock.now(),
        failure: `It failed at ${clock.now()}.`,
        consumer: 'generic',
      };
      assert.deepEqual(newest, [{ target: '/', ...why }]);
      const search = { search: '/', state: null, sort: 'asked', order: 'desc', limit: 5, after: null } as const;
      const [page] = (await store.activity.listPages(website.id, search, clock.now())).pages;
      assert.deepEqual([page?.state, page?.drawnAt, page?.freshUntil, page?.cards], ['failing', null, null, []]);
      assert.deepEqual(page?.failure, why);
      assert.equal((await store.changes.purgeState(website.id, target('/'))).purged, false);
    });

    it('is an ordinary page once it works', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      await fails(store, website, '/', clock.now());
      const { card, id } = await draw(store, website, '/', { receivedAt: clock.moveMs(1) });
      assert.deepEqual(await store.cards.find(id), card);
      assert.deepEqual(await failing(store, website, clock.now()), []);
    });

    it('takes no place of pages that worked', async () => {
      await using harness = await open({ pagesPerWebsite: 3 });
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      const a = await draw(store, website, '/a', { receivedAt: clock.now() });
      for (let n = 0; n < 9; n++) await fails(store, website, `/x${n}`, clock.moveMs(1));
      assert.deepEqual(await failing(store, website, clock.now()), ['/x7', '/x8']);
      const [b, c] = [await draw(store, website, '/b'), await draw(store, website, '/c')];
      for (const { id, card } of [a, b, c]) assert.deepEqual(await store.cards.find(id), card);
      await fails(store, website, '/y', clock.moveMs(1));
      assert.deepEqual(await failing(store, website, clock.now()), []);
      for (const { id, card } of [a, b, c]) assert.deepEqual(await store.cards.find(id), card);
    });

    it('is one of the last thousand', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      const many = Array.from({ length: 1200 }, (_, n) => failure(website, `/${n}`, clock.moveMs(1)));
      await store.activity.noteDecisions(many);
      const left = await failing(store, website, clock.now());
      assert.equal(left.length, 1000);
      assert.ok(left.includes('/200') && !left.includes('/199'));
    });

    it('is forgotten a month after it failed last', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      await fails(store, website, '/', clock.now());
      await store.sweep(1_000_000, clock.move(24 * 29));
      assert.equal((await failing(store, website, clock.now())).length, 1);
      await store.sweep(1_000_000, clock.move(24 * 2));
      assert.deepEqual(await failing(store, website, clock.now()), []);
    });

    it('of a website that was removed leaves nothing', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      await store.websites.remove(website.origin);
      await fails(store, website, '/', clock.now());
      assert.deepEqual(await failing(store, website, clock.now()), []);
    });
  });
}
