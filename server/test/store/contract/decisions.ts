import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Decision, PageDecision } from '../../../src/model/decision.ts';
import type { PersonId } from '../../../src/model/identity.ts';
import { epochMs } from '../../../src/model/units.ts';
import type { Website, WebsiteId } from '../../../src/model/website.ts';
import type { Open } from './harness.ts';
import { bytesOf, draw, makeWebsite, target } from './samples.ts';

function decided(website: Website, path: string, at: number): PageDecision {
  const words = { verdict: 'v', reasons: ['ä'], ignored: [], advice: [] };
  const decision: Decision = {
    at: epochMs(at),
    kind: 'drawn',
    consumer: 'generic',
    status: 200,
    explanation: words,
    failure: null,
  };
  return { websiteId: website.id, target: target(path), decision };
}

export function decisionsContract(open: Open): void {
  describe('decisions', () => {
    it('are given newest first, of one page of one website', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      const other = await makeWebsite(store, 'other');
      const [first, second] = [decided(website, '/a', 1), decided(website, '/a', 2)];
      await store.activity.noteDecisions([first, decided(website, '/b', 1), decided(other, '/a', 1), second]);
      assert.deepEqual(await store.activity.decisionsOf(website.id, target('/a')), [second.decision, first.decision]);
      assert.deepEqual(await store.activity.decisionsOf(website.id, target('/none')), []);
    });

    it('are the last twenty of a page', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      const many = Array.from({ length: 450 }, (_, at) => decided(website, '/a', at));
      await store.activity.noteDecisions(many);
      const kept = await store.activity.decisionsOf(website.id, target('/a'));
      assert.deepEqual(
        kept.map(({ at }) => at),
        Array.from({ length: 20 }, (_, n) => 449 - n),
      );
    });

    it('are the last twenty of each page, whatever other pages are written with it', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      const other = await makeWebsite(store, 'other');
      const at = (n: number) => [decided(website, '/a', n), decided(website, '/b', n), decided(other, '/a', n)];
      const many = Array.from({ length: 30 }, (_, n) => at(n)).flat();
      await store.activity.noteDecisions(many.slice(0, 45));
      await store.activity.noteDecisions(many.slice(45));
      for (const [{ id }, path] of [
        [website, '/a'],
        [website, '/b'],
        [other, '/a'],
      ] as const) {
        const kept = await store.activity.decisionsOf(id, target(path));
        assert.deepEqual(
          kept.map(({ at }) => at),
          Array.from({ length: 20 }, (_, n) => 29 - n),
        );
      }
    });

    it('come with the purges that cover the page', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      await store.activity.noteDecisions([decided(website, '/blog/a', 1)]);
      await store.changes.purge(website.id, { kind: 'prefix', prefix: target('/news/') });
      await store.changes.purge(website.id, { kind: 'prefix', prefix: target('/blog/') });
      const kinds = (await store.activity.decisionsOf(website.id, target('/blog/a'))).map(({ kind }) => kind);
      assert.deepEqual(kinds, ['purged', 'drawn']);
    });

    it('say who purged the page or changed a setting, where that is known', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      const by = { kind: 'person', id: 'p1' as PersonId, name: 'Ada' } as const;
      const newest = async (path: string) => (await store.activity.decisionsOf(website.id, target(path)))[0];
      await store.changes.purge(website.id, { kind: 'page', target: target('/a') }, by);
      const purged = await newest('/a');
      assert.deepEqual([purged?.kind, purged?.by], ['purged', by]);
      await store.changes.purge(website.id, { kind: 'page', target: target('/a') });
      assert.equal((await newest('/a'))?.by, undefined);
      const settings = await store.websites.changeSettings(website.id, { viewportWidth: 800 }, by);
      assert.deepEqual([settings?.before.viewportWidth, settings?.after.viewportWidth], [null, 800]);
      const changed = await newest('/b');
      assert.deepEqual([changed?.kind, changed?.by], ['settings-changed', by]);
      assert.equal(await store.websites.changeSettings(999 as WebsiteId, { oneCard: true }), undefined);
    });

    it('show the purge of a page for a week, though the page was drawn since', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      const { id } = await draw(store, website, '/a');
      await store.changes.purge(website.id, { kind: 'page', target: id.target });
      await draw(store, website, '/a', { bytes: bytesOf('again') });
      const kinds = async () => (await store.activity.decisionsOf(website.id, id.target)).map(({ kind }) => kind);
      await store.sweep(1_000_000, clock.move(6 * 24));
      await store.sweep(1_000_000, clock.now());
      assert.deepEqual(await kinds(), ['purged']);
      await store.sweep(1_000_000, clock.move(2 * 24));
      assert.deepEqual(await kinds(), []);
    });

    it('go with their website', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      await store.activity.noteDecisions([decided(website, '/a', 1)]);
      await store.websites.remove(website.origin);
      await store.sweep(1, clock.now());
      assert.deepEqual(await store.activity.decisionsOf(website.id, target('/a')), []);
    });
  });
}
