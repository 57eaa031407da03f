import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { epochMs, milliseconds } from '../../../src/model/units.ts';
import type { WebsiteId } from '../../../src/model/website.ts';
import type { Store } from '../../../src/store/ports/store.ts';
import type { Open } from './harness.ts';
import { makeWebsite, target } from './samples.ts';

const at = epochMs(Date.UTC(2026, 0, 1));

async function warmupOf({ warmups }: Store, websiteId: WebsiteId): Promise<number> {
  const made = { websiteId, sitemap: null, targets: null, consumers: ['generic', 'slack'], createdAt: at };
  const id = await warmups.create(made);
  assert.ok(id !== undefined);
  return id;
}

export function warmupsContract(open: Open): void {
  describe('a warm-up', () => {
    it('is found by every process, as it was made', async () => {
      await using harness = await open();
      const { id: websiteId } = await makeWebsite(harness.store);
      const made = { websiteId, sitemap: 'https://site.example/s.xml', targets: [target('/a')], consumers: ['x'] };
      const id = await harness.store.warmups.create({ ...made, createdAt: at });
      const second = await harness.secondProcess();
      assert.deepEqual(await second.warmups.find(websiteId, id ?? 0), {
        ...made,
        id,
        createdAt: at,
        state: 'waiting',
        note: null,
        endedAt: null,
        spent: 0,
        pages: { total: 0, done: 0, skipped: 0, failed: 0 },
      });
      assert.equal(await second.warmups.find((websiteId + 1) as WebsiteId, id ?? 0), undefined);
    });

    it('is one at a time for a website, and none for a website that is not there', async () => {
      await using harness = await open();
      const { warmups } = harness.store;
      const website = await makeWebsite(harness.store);
      const other = await makeWebsite(harness.store, 'other');
      const id = await warmupOf(harness.store, website.id);
      const wanted = { sitemap: null, targets: null, consumers: [], createdAt: at };
      assert.equal(await warmups.create({ ...wanted, websiteId: website.id }), undefined);
      assert.equal(await warmups.create({ ...wanted, websiteId: 999 as WebsiteId }), undefined);
      await warmupOf(harness.store, other.id);
      assert.equal((await warmups.unfinished(10)).length, 2);
      assert.equal(await warmups.change(id, 'done', 'a note', at), true);
      assert.deepEqual(
        (await warmups.unfinished(10)).map(({ websiteId }) => websiteId),
        [other.id],
      );
      assert.equal(await warmups.change(id, 'drawing', null, null), false);
      await warmupOf(harness.store, website.id);
      assert.deepEqual(
        (await warmups.of(website.id, 10)).map(({ state, note }) => ({ state, note })),
        [
          { state: 'waiting', note: null },
          { state: 'done', note: 'a note' },
        ],
      );
    });

    it('has each page once, in order, and counts what became of them', async () => {
      await using harness = await open();
      const { warmups } = harness.store;
      const { id: websiteId } = await makeWebsite(harness.store);
      const id = await warmupOf(harness.store, websiteId);
      const long = target(`/${'x'.repeat(8000)}`);
      const many = Array.from({ length: 1200 }, (_, n) => target(`/${n}`));
      await warmups.addPages(id, [target('/b'), long, target('/b')]);
      await warmups.addPages(id, [target('/a'), target('/b'), ...many]);
      assert.deepEqual(await warmups.openPages(id, 4), [target('/b'), long, target('/a'), target('/0')]);
      await warmups.notePage(id, { target: target('/b'), outcome: 'done', why: null }, milliseconds(30));
      await warmups.notePage(id, { target: long, outcome: 'failed', why: 'It fell.' }, milliseconds(12));
      await warmups.notePage(id, { target: target('/a'), outcome: 'skipped', why: 'no-store' }, milliseconds(0));
      const found = await warmups.find(websiteId, id);
      assert.deepEqual(found?.pages, { total: 1203, done: 1, skipped: 1, failed: 1 });
      assert.equal(found?.spent, 42);
      assert.deepEqual(await warmups.openPages(id, 1), [target('/0')]);
      assert.deepEqual(await warmups.remarks(id, 10), [
        { target: long, outcome: 'failed', why: 'It fell.' },
        { target: target('/a'), outcome: 'skipped', why: 'no-store' },
      ]);
    });

    it('goes on after it was stopped, with what failed, unless another goes on', async () => {
      await using harness = await open();
      const { warmups } = harness.store;
      const { id: websiteId } = await makeWebsite(harness.store);
      const id = await warmupOf(harness.store, websiteId);
      await warmups.addPages(id, [target('/a'), target('/b')]);
      await warmups.notePage(id, { target: target('/a'), outcome: 'done', why: null }, milliseconds(1));
      await warmups.notePage(id, { target: target('/b'), outcome: 'failed', why: 'It fell.' }, milliseconds(1));
      assert.equal(await warmups.resume(id), false);
      await warmups.change(id, 'stopped', null, at);
      const other = await warmupOf(harness.store, websiteId);
      assert.equal(await warmups.resume(id), false);
      await warmups.change(other, 'done', null, at);
      assert.equal(await warmups.resume(other), false);
      assert.equal(await warmups.resume(id), true);
      assert.equal(await warmups.stateOf(id), 'waiting');
      assert.deepEqual(await warmups.openPages(id, 5), [target('/b')]);
    });

    it('is forgotten some time after its end, and with its website', async () => {
      await using harness = await open();
      const { warmups, websites } = harness.store;
      const website = await makeWebsite(harness.store);
      const old = await warmupOf(harness.store, website.id);
      await warmups.change(old, 'done', null, at);
      const going = await warmupOf(harness.store, website.id);
      await warmups.addPages(going, [target('/a')]);
      await warmups.forget(epochMs(at + 1));
      assert.equal(await warmups.find(website.id, old), undefined);
      assert.ok(await warmups.find(website.id, going));
      await websites.remove(website.origin);
      assert.equal(await warmups.find(website.id, going), undefined);
      assert.deepEqual(await warmups.openPages(going, 1), []);
    });
  });
}
