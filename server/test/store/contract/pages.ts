import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { epochMs } from '../../../src/model/units.ts';
import type { Open } from './harness.ts';
import { draw, gone, makeWebsite } from './samples.ts';

export function pagesContract(open: Open): void {
  describe('the titles of pages', () => {
    const query = { search: '', state: null, sort: 'target', order: 'asc', limit: 10, after: null } as const;

    it('are listed as the document was last read, and found by a part of them', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      for (const path of ['/a', '/b', '/winter']) await draw(store, website, path);
      const title = (path: string, name: string, content: string) =>
        draw(store, website, path, { tags: [{ name, content }] });
      const list = async (search: string) => {
        const { pages } = await store.activity.listPages(website.id, { ...query, search }, clock.now());
        return pages.map((page) => [page.target, page.title]);
      };
      await title('/a', '<title>', 'Ein Café in Köln');
      await title('/b', 'og:title', 'A Walk in Winter');
      const [a, b] = [
        ['/a', 'Ein Café in Köln'],
        ['/b', 'A Walk in Winter'],
      ];
      assert.deepEqual(await list(''), [a, b, ['/winter', null]]);
      assert.deepEqual(await list('winter'), [b, ['/winter', null]]);
      assert.deepEqual(await list('CAF%C3%A9%20in'), [a]);
      assert.deepEqual(await list('Kö'), [a]);
      assert.deepEqual(await list('100%'), []);

      await title('/b', 'og:title', `Summer \n\t${'🌊'.repeat(300)}`);
      assert.deepEqual(await list('walk'), []);
      const listed = (await list('summer'))[0]?.[1] ?? '';
      assert.deepEqual([...listed].length, 200);
      assert.match(listed, /^Summer 🌊+…$/u);
      await draw(store, website, '/b');
      assert.deepEqual((await list('summer')).length, 1, 'stays where nothing is said of it');
      await draw(store, website, '/b', { tags: [] });
      assert.deepEqual(await list('summer'), []);
    });
  });

  describe('a website with more pages than may be kept', () => {
    it('loses the one that was not asked for longest, and keeps the new one', async () => {
      await using harness = await open({ pagesPerWebsite: 3 });
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      const ids = [];
      for (const path of ['/a', '/b', '/c']) {
        ids.push((await draw(store, website, path)).id);
        clock.move(1);
      }
      const [a, b, c] = ids;
      assert.ok(a && b && c);
      await store.cards.noteAsked([{ id: a, requests: 1 }], clock.now());
      const d = await draw(store, website, '/d');
      assert.equal(d.keeping, 'kept');
      const found = await Promise.all([a, b, c, d.id].map(async (id) => (await store.cards.find(id)) !== undefined));
      assert.deepEqual(found, [true, false, true, true]);
    });

    it('keeps every card of a page, and counts the page once', async () => {
      await using harness = await open({ pagesPerWebsite: 1 });
      const { store } = harness;
      const website = await makeWebsite(store);
      const cards = [];
      for (const consumer of ['generic', 'slack', 'twitter']) {
        cards.push(await draw(store, website, '/', { consumer }));
        cards.push(await draw(store, website, '/', { consumer }));
      }
      for (const { id } of cards) assert.notEqual(await store.cards.find(id), undefined);
      await draw(store, website, '/other');
      for (const { id } of cards) assert.equal(await store.cards.find(id), undefined);
    });

    it('takes nothing from another website', async () => {
      await using harness = await open({ pagesPerWebsite: 2 });
      const { store, clock } = harness;
      const quiet = await makeWebsite(store, 'quiet');
      const flooded = await makeWebsite(store, 'flooded');
      const stays = await draw(store, quiet, '/');
      clock.move(1);
      for (let number = 0; number < 50; number++) await store.cards.keep(gone(flooded, `/x${number}`));
      assert.deepEqual(await store.cards.find(stays.id), stays.card);
      const kept = await Promise.all(
        Array.from({ length: 50 }, (_, number) => store.cards.find(gone(flooded, `/x${number}`).id)),
      );
      assert.equal(kept.filter((card) => card !== undefined).length, 2);
    });

    it('gives its pictures to the next sweep', async () => {
      await using harness = await open({ pagesPerWebsite: 1 });
      const { store, clock } = harness;
      const website = await makeWebsite(store);
      await draw(store, website, '/a');
      const last = await draw(store, website, '/b');
      await store.sweep(1_000_000, clock.move(1));
      assert.deepEqual(await harness.pictures(), [last.picture.hash]);
    });

    it('counts anew after pages were removed', async () => {
      await using harness = await open({ pagesPerWebsite: 2 });
      const { store } = harness;
      const first = await makeWebsite(store);
      for (const path of ['/a', '/b']) await draw(store, first, path);
      await store.websites.remove(first.origin);
      await store.sweep(1_000_000, epochMs(Date.now()));
      const second = await makeWebsite(store);
      const cards = [await draw(store, second, '/a'), await draw(store, second, '/b')];
      for (const { id } of cards) assert.notEqual(await store.cards.find(id), undefined);
    });
  });
}
