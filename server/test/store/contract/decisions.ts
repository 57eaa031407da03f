import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Decision, PageDecision } from '../../../src/model/decision.ts';
import { epochMs } from '../../../src/model/units.ts';
import type { Website } from '../../../src/model/website.ts';
import type { Open } from './harness.ts';
import { makeWebsite, target } from './samples.ts';

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
