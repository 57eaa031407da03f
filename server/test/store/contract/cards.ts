import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Open } from './harness.ts';
import { bytesOf, cardId, draw, drawn, gone, makeWebsite, orderOf, storedResponse, target } from './samples.ts';

export function cardsContract(open: Open): void {
  describe('a kept card', () => {
    it('is found as it was given', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      const { card, id, keeping } = await draw(store, website, '/a?b=%C3%A4&c', { variant: 'accept-language=de' });
      assert.equal(keeping, 'kept');
      assert.deepEqual(await store.cards.find(id), card);
    });

    it('is found after the store was closed and opened again', async () => {
      await using harness = await open();
      const website = await makeWebsite(harness.store);
      const { card, id, bytes, picture } = await draw(harness.store, website, '/');
      const reopened = await harness.reopen();
      assert.deepEqual(await reopened.cards.find(id), card);
      assert.deepEqual(await reopened.pictures.read(picture), bytes);
    });

    it('may say that the page is gone, without a picture', async () => {
      await using harness = await open();
      const { store } = harness;
      const card = gone(await makeWebsite(store), '/gone');
      assert.equal(await store.cards.keep(card), 'kept');
      assert.deepEqual(await store.cards.find(card.id), card);
    });

    it('is found for its own website, page, consumer and variant alone', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store, 'first');
      const other = await makeWebsite(store, 'second');
      await draw(store, website, '/page', { consumer: 'slack', variant: 'x' });
      const others = [
        cardId(other, '/page', { consumer: 'slack', variant: 'x' }),
        cardId(website, '/Page', { consumer: 'slack', variant: 'x' }),
        cardId(website, '/page?', { consumer: 'slack', variant: 'x' }),
        cardId(website, '/page', { consumer: 'discord', variant: 'x' }),
        cardId(website, '/page', { consumer: 'slack' }),
      ];
      for (const id of others) assert.equal(await store.cards.find(id), undefined);
    });

    it('takes the place of the one with the same id', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      await draw(store, website, '/', { bytes: bytesOf('old') });
      const newer = await draw(store, website, '/', { bytes: bytesOf('new'), responseId: 'response-2' });
      assert.deepEqual(await store.cards.ofPage(website.id, target('/')), [newer.card]);
      const notFound = gone(website, '/');
      await store.cards.keep(notFound);
      assert.deepEqual(await store.cards.ofPage(website.id, target('/')), [notFound]);
    });

    it('is listed with all others of its page', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      const slack = await draw(store, website, '/', { consumer: 'slack' });
      const generic = await draw(store, website, '/', { consumer: 'generic' });
      await draw(store, website, '/other');
      const listed = await store.cards.ofPage(website.id, target('/'));
      const byConsumer = listed.toSorted((a, b) => a.id.consumer.localeCompare(b.id.consumer));
      assert.deepEqual(byConsumer, [generic.card, slack.card]);
    });

    it('is gone once it is forgotten, and others of the page are not', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      const { card, id } = await draw(store, website, '/');
      const slack = await draw(store, website, '/', { consumer: 'slack' });
      await store.cards.forget(id, orderOf(card));
      await store.cards.forget(id, orderOf(card));
      assert.equal(await store.cards.find(id), undefined);
      assert.deepEqual(await store.cards.find(slack.id), slack.card);
    });

    it('with a picture is refused without the bytes', async () => {
      await using harness = await open();
      const { card, id } = drawn(await makeWebsite(harness.store), '/');
      await assert.rejects(harness.store.cards.keep(card));
      assert.equal(await harness.store.cards.find(id), undefined);
    });
  });

  describe('a renewed response', () => {
    it('gives its basis to every card of the page drawn from it, and to no other', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store, 'first');
      const other = await makeWebsite(store, 'second');
      const generic = await draw(store, website, '/', { responseId: 'r' });
      const slack = await draw(store, website, '/', { responseId: 'r', consumer: 'slack' });
      const older = await draw(store, website, '/', { responseId: 'q', consumer: 'discord' });
      const otherPage = await draw(store, website, '/other', { responseId: 'r' });
      const otherSite = await draw(store, other, '/', { responseId: 'r' });
      const renewed = storedResponse('renewed');
      await store.cards.renew([{ websiteId: website.id, target: target('/'), responseId: 'r', response: renewed }]);
      for (const { card, id } of [generic, slack])
        assert.deepEqual(await store.cards.find(id), { ...card, ...renewed });
      for (const { card, id } of [older, otherPage, otherSite]) assert.deepEqual(await store.cards.find(id), card);
    });

    it('makes no card valid that a purge made void', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      const { id } = await draw(store, website, '/', { responseId: 'r' });
      await store.changes.purge(website.id, { kind: 'page', target: id.target });
      await store.cards.renew([
        { websiteId: website.id, target: id.target, responseId: 'r', response: storedResponse('renewed') },
      ]);
      assert.equal(await store.cards.find(id), undefined);
      assert.equal((await store.changes.purgeState(website.id, id.target)).purged, true);
    });

    it('is written with others that came in the same moment, each judged by itself', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      // More than fit in one transaction.
      const paths = Array.from({ length: 250 }, (_, n) => `/${n}`);
      const cards = [];
      for (const path of [...paths.slice(0, 3), ...paths.slice(-2)])
        cards.push(await draw(store, website, path, { responseId: path }));
      const [purged, ...others] = cards;
      assert.ok(purged);
      await store.changes.purge(website.id, { kind: 'page', target: purged.id.target });
      const response = storedResponse('renewed');
      await store.cards.renew(
        paths.map((path) => ({ websiteId: website.id, target: target(path), responseId: path, response })),
      );
      assert.equal(await store.cards.find(purged.id), undefined);
      for (const { id, card } of others) assert.deepEqual(await store.cards.find(id), { ...card, ...response });
    });
  });
}
