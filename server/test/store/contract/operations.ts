import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PersonId } from '../../../src/model/identity.ts';
import { epochMs } from '../../../src/model/units.ts';
import type { WebsiteId } from '../../../src/model/website.ts';
import type { CostRow } from '../../../src/store/ports/costs.ts';
import type { Open } from './harness.ts';
import { makeWebsite } from './samples.ts';

const now = epochMs(Date.UTC(2026, 0, 1));

const cost = (websiteId: WebsiteId, day: number, more: Partial<CostRow> = {}): CostRow => ({
  websiteId,
  day,
  fetches: 1,
  drawings: 2,
  browserMs: 100,
  bytes: 5_000_000_000,
  ...more,
});

export function operationsContract(open: Open): void {
  describe('what websites cost', () => {
    it('is summed over days and processes, most browser time first', async () => {
      await using harness = await open();
      const [a, b] = [await makeWebsite(harness.store, 'aaaa'), await makeWebsite(harness.store, 'bbbb')];
      const second = await harness.secondProcess();
      await harness.store.costs.note([cost(b.id, 7), cost(a.id, 7), cost(a.id, 6)]);
      await second.costs.note([cost(b.id, 7, { browserMs: 300.4 })]);
      assert.deepEqual(await second.costs.since(7, 10), [
        { websiteId: b.id, fetches: 2, drawings: 4, browserMs: 400, bytes: 10_000_000_000 },
        { websiteId: a.id, fetches: 1, drawings: 2, browserMs: 100, bytes: 5_000_000_000 },
      ]);
      assert.deepEqual(
        (await second.costs.since(0, 1)).map(({ websiteId }) => websiteId),
        [b.id],
      );
    });

    it('is not shown of a website that was removed, and forgotten when it is old', async () => {
      await using harness = await open();
      const { costs, websites } = harness.store;
      const [a, b] = [await makeWebsite(harness.store, 'aaaa'), await makeWebsite(harness.store, 'bbbb')];
      await costs.note([cost(a.id, 6), cost(a.id, 7), cost(b.id, 7)]);
      await websites.remove(b.origin);
      assert.deepEqual(
        (await costs.since(0, 10)).map(({ websiteId, fetches }) => [websiteId, fetches]),
        [[a.id, 2]],
      );
      await costs.forget(7);
      assert.deepEqual(
        (await costs.since(0, 10)).map(({ websiteId, fetches }) => [websiteId, fetches]),
        [[a.id, 1]],
      );
    });
  });

  describe('reports of nodes', () => {
    it('are known to every process: the last of each node, until it is removed or old', async () => {
      await using harness = await open();
      const { nodeReports } = harness.store;
      const second = (await harness.secondProcess()).nodeReports;
      await nodeReports.tell({ id: 'a', at: now, report: '{"n":1}' });
      await second.tell({ id: 'b', at: epochMs(now + 5), report: '{}' });
      await nodeReports.tell({ id: 'a', at: epochMs(now + 1), report: '{"n":2}' });
      const known = [
        { id: 'a', at: now + 1, report: '{"n":2}' },
        { id: 'b', at: now + 5, report: '{}' },
      ];
      assert.deepEqual(await second.all(), known);
      await second.forget(epochMs(now + 2));
      assert.deepEqual(await nodeReports.all(), known.slice(1));
      await second.remove('b');
      assert.deepEqual(await nodeReports.all(), []);
    });
  });

  describe('the owner of the service', () => {
    it('is the first account until another is named, who may have none of the websites', async () => {
      await using harness = await open();
      const { members } = harness.store;
      const [anna, bert] = ['anna', 'bert'] as PersonId[];
      for (const id of ['anna', 'bert']) await harness.makePerson(id);
      assert.ok(anna !== undefined && bert !== undefined);
      await members.settleFirstAccount(anna, now);
      await members.handOverService(bert, now);
      assert.equal(await members.firstAccount(), bert);
      assert.equal(await members.settleFirstAccount(anna, now), false);
    });

    it('can be named where nobody has opened the first link', async () => {
      await using harness = await open();
      await harness.makePerson('anna');
      await harness.store.members.handOverService('anna' as PersonId, now);
      assert.equal(await harness.store.members.firstAccount(), 'anna');
      assert.equal(await harness.store.members.claimFirstAccount(now), false);
    });
  });

  describe('a measure of the store', () => {
    it('says which database it is, how large, and how fast', async () => {
      await using harness = await open();
      const { version, bytes, latency, pictureBytes } = await harness.store.measure();
      assert.match(version, /^\d+\.\d+/);
      assert.ok(bytes > 10_000 && latency > 0);
      assert.equal(pictureBytes, 0);
    });
  });
}
