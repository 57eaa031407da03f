import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PurgeScope } from '../../../src/model/change.ts';
import type { Website } from '../../../src/model/website.ts';
import type { Store } from '../../../src/store/ports/store.ts';
import type { Open } from './harness.ts';
import { cardId, draw, drawn, makeWebsite, target } from './samples.ts';

const page = (path: string): PurgeScope => ({ kind: 'page', target: target(path) });
const prefix = (path: string): PurgeScope => ({ kind: 'prefix', prefix: target(path) });
const wholeWebsite: PurgeScope = { kind: 'website' };

/** Of the given pages, those with a valid card. */
async function valid(store: Store, website: Website, paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) if ((await store.cards.find(cardId(website, path))) !== undefined) found.push(path);
  return found;
}

export function purgesContract(open: Open): void {
  describe('a purge of a page', () => {
    it('makes all its cards void, and those of no other page', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      for (const path of ['/a', '/a?b', '/a/b', '/A']) await draw(store, website, path);
      await draw(store, website, '/a', { consumer: 'slack' });
      await store.changes.purge(website.id, page('/a'));
      assert.deepEqual(await store.cards.ofPage(website.id, target('/a')), []);
      assert.deepEqual(await valid(store, website, ['/a', '/a?b', '/a/b', '/A']), ['/a?b', '/a/b', '/A']);
    });
  });

  describe('a purge of a prefix', () => {
    it('makes every card void whose target begins with it, byte for byte', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      const paths = ['/blog', '/blog/', '/blog/x', '/blog/x?y', '/Blog/x', '/blo/x', '/x/blog/'];
      for (const path of paths) await draw(store, website, path);
      await store.changes.purge(website.id, prefix('/blog/'));
      assert.deepEqual(await valid(store, website, paths), ['/blog', '/Blog/x', '/blo/x', '/x/blog/']);
    });

    it('takes no character for a wildcard', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      const paths = ['/a_b', '/axb', '/a%25', '/a*c', '/azc', '/a[d]', '/ad'];
      for (const path of paths) await draw(store, website, path);
      for (const path of ['/a_', '/a%', '/a*', '/a[d']) await store.changes.purge(website.id, prefix(path));
      assert.deepEqual(await valid(store, website, paths), ['/axb', '/azc', '/ad']);
    });
  });

  describe('counting what a purge would make void', () => {
    it('counts cards of the page, the prefix or the website, none that is void already, and no more than asked', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store, 'first');
      const other = await makeWebsite(store, 'second');
      for (const path of ['/blog', '/blog/a', '/blog/b', '/b_og/', '/x']) await draw(store, website, path);
      await draw(store, website, '/blog/a', { consumer: 'slack' });
      await draw(store, other, '/blog/a');
      const count = (scope: PurgeScope, most = 100) => store.cards.count(website.id, scope, most);
      assert.deepEqual(
        await Promise.all(
          [page('/blog/a'), page('/blog/'), prefix('/blog/'), prefix('/b_'), wholeWebsite].map((s) => count(s)),
        ),
        [2, 0, 3, 1, 6],
      );
      assert.equal(await count(wholeWebsite, 4), 4);
      await store.changes.purge(website.id, prefix('/blog/'));
      assert.deepEqual(await Promise.all([prefix('/blog/'), wholeWebsite].map((s) => count(s))), [0, 3]);
      await store.changes.purge(website.id, wholeWebsite);
      assert.equal(await count(wholeWebsite), 0);
      assert.equal(await store.cards.count(other.id, wholeWebsite, 100), 1);
    });
  });

  describe('a purge of a website', () => {
    it('makes every card void at once, and none of another website', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store, 'first');
      const other = await makeWebsite(store, 'second');
      for (const path of ['/', '/a']) for (const site of [website, other]) await draw(store, site, path);
      await store.changes.purge(website.id, wholeWebsite);
      assert.deepEqual(await valid(store, website, ['/', '/a']), []);
      assert.deepEqual(await valid(store, other, ['/', '/a']), ['/', '/a']);
    });

    it('holds after the store was closed and opened again', async () => {
      await using harness = await open();
      const website = await makeWebsite(harness.store);
      const { id } = await draw(harness.store, website, '/');
      await harness.store.changes.purge(website.id, wholeWebsite);
      const reopened = await harness.reopen();
      assert.equal(await reopened.cards.find(id), undefined);
    });

    it('is no lighter for one of a page that came before or after', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      await draw(store, website, '/a');
      await draw(store, website, '/b');
      await store.changes.purge(website.id, page('/a'));
      await store.changes.purge(website.id, wholeWebsite);
      await store.changes.purge(website.id, page('/b'));
      assert.deepEqual(await valid(store, website, ['/a', '/b']), []);
    });
  });

  describe('a card that was being drawn when a purge came', () => {
    for (const scope of [page('/blog/a'), prefix('/blog/'), wholeWebsite]) {
      it(`is not kept, where the purge is of a ${scope.kind}`, async () => {
        await using harness = await open();
        const { store } = harness;
        const website = await makeWebsite(store);
        const { purgeVersion } = await store.changes.purgeState(website.id, target('/blog/a'));
        await store.changes.purge(website.id, scope);
        const late = drawn(website, '/blog/a', { purgeVersion });
        assert.equal(await store.cards.keep(late.card, late.bytes), 'purged');
        assert.equal(await store.cards.find(late.id), undefined);
      });
    }

    it('is not kept after a sweep either', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      const { purgeVersion } = await store.changes.purgeState(website.id, target('/a'));
      await store.changes.purge(website.id, page('/a'));
      await store.sweep(1_000_000, clock.now());
      const late = drawn(website, '/a', { purgeVersion });
      assert.equal(await store.cards.keep(late.card, late.bytes), 'purged');
    });

    it('is kept where the purge was of another page', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      const { purgeVersion } = await store.changes.purgeState(website.id, target('/a'));
      await store.changes.purge(website.id, page('/b'));
      const other = drawn(website, '/a', { purgeVersion });
      assert.equal(await store.cards.keep(other.card, other.bytes), 'kept');
      assert.deepEqual(await store.cards.find(other.id), other.card);
    });
  });

  describe('the purge state of a page', () => {
    it('has the version of the newest purge of all, of any website', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store, 'first');
      const other = await makeWebsite(store, 'second');
      const before = await store.changes.purgeState(website.id, target('/'));
      await store.changes.purge(other.id, wholeWebsite);
      const after = await store.changes.purgeState(website.id, target('/'));
      assert.ok(after.purgeVersion > before.purgeVersion);
      assert.deepEqual([before.purged, after.purged], [false, false]);
    });

    for (const scope of [page('/blog/a'), prefix('/blog/'), wholeWebsite]) {
      it(`is purged from a purge of a ${scope.kind} until something of the page is kept`, async () => {
        await using harness = await open();
        const { store } = harness;
        const website = await makeWebsite(store);
        const purged = async () => (await store.changes.purgeState(website.id, target('/blog/a'))).purged;
        await draw(store, website, '/blog/a');
        assert.equal(await purged(), false);
        await store.changes.purge(website.id, scope);
        assert.equal(await purged(), true);
        await draw(store, website, '/blog/a');
        assert.equal(await purged(), false);
      });

      it(`is still purged by a ${scope.kind} after sweeps, however late`, async () => {
        await using harness = await open();
        const { store, clock } = harness;
        const website = await makeWebsite(store);
        await draw(store, website, '/blog/a');
        await store.changes.purge(website.id, scope);
        for (const hours of [0, 2, 24 * 60, 24 * 60]) {
          await store.sweep(1_000_000, clock.move(hours));
          assert.equal(
            (await store.changes.purgeState(website.id, target('/blog/a'))).purged,
            true,
            `${hours} hours later`,
          );
        }
      });
    }

    it('is not made unpurged by a card fetched before the purge', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      const { purgeVersion } = await store.changes.purgeState(website.id, target('/a'));
      await store.changes.purge(website.id, page('/a'));
      const late = drawn(website, '/a', { purgeVersion });
      await store.cards.keep(late.card, late.bytes);
      assert.equal((await store.changes.purgeState(website.id, target('/a'))).purged, true);
    });
  });
}
