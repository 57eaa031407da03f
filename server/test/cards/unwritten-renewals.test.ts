import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UnwrittenRenewals } from '../../src/cards/unwritten-renewals.ts';
import { openStore } from '../../src/store/open-store.ts';
import { draw, makeWebsite, storedResponse } from '../store/contract/samples.ts';
import { dataFolder } from '../store/harness-sqlite.ts';

/** Two kept cards, of which both were confirmed by a `304` that is not written yet. */
async function renewedCards() {
  const stack = new AsyncDisposableStack();
  const folder = stack.use(await dataFolder());
  const store = stack.use(await openStore(folder.path));
  const website = await makeWebsite(store);
  const [one, other] = [
    await draw(store, website, '/one', { responseId: 'one' }),
    await draw(store, website, '/other', { responseId: 'other' }),
  ];
  const unwritten = new UnwrittenRenewals(store, (error) => assert.fail(String(error)));
  const response = storedResponse('renewed');
  for (const { id, card } of [one, other])
    unwritten.add({ websiteId: website.id, target: id.target, responseId: card.responseId, response });
  return { store, folder, website, one, other, unwritten, response, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

describe('renewals that are not written yet', () => {
  it('are all written when the service stops', async () => {
    await using test = await renewedCards();
    assert.ok(test.unwritten.has('one') && test.unwritten.has('other'));
    await test.unwritten[Symbol.asyncDispose]();
    assert.ok(!test.unwritten.has('one'));
    for (const { id, card } of [test.one, test.other])
      assert.deepEqual(await test.store.cards.find(id), { ...card, ...test.response });
  });

  it('are all that a kill loses: the card is there as it was kept', async () => {
    await using test = await renewedCards();
    await using next = await openStore(test.folder.path);
    for (const { id, card } of [test.one, test.other]) assert.deepEqual(await next.cards.find(id), card);
    await test.unwritten.write();
  });

  it('revive nothing that was purged since, and lose no other page its renewal', async () => {
    await using test = await renewedCards();
    const { website, one, other } = test;
    await test.store.changes.purge(website.id, { kind: 'page', target: one.id.target });
    await test.unwritten.write();
    assert.equal(await test.store.cards.find(one.id), undefined);
    assert.deepEqual(await test.store.cards.find(other.id), { ...other.card, ...test.response });
  });
});
