import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Website } from '../../../src/model/website.ts';
import type { Keeping } from '../../../src/store/ports/cards.ts';
import type { Harness, Open } from './harness.ts';
import { bytesOf, draw, drawn, makeWebsite, orderOf } from './samples.ts';

const plenty = 1_000_000;

export function picturesContract(open: Open): void {
  describe('a picture', () => {
    it('comes back byte for byte', async () => {
      await using harness = await open();
      const { store } = harness;
      const { bytes, picture } = await draw(store, await makeWebsite(store), '/', { bytes: bytesOf('x', 300_000) });
      assert.ok((await store.pictures.read(picture))?.equals(bytes));
    });

    it('lies there once however many cards have it', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await makeWebsite(store);
      const bytes = bytesOf('shared');
      const { picture } = await draw(store, website, '/a', { bytes });
      await draw(store, website, '/b', { bytes });
      assert.deepEqual(await harness.pictures(), [picture.hash]);
    });
  });

  for (const harm of ['lose', 'damage'] as const) {
    const how = harm === 'lose' ? 'is missing' : 'is damaged';
    describe(`a picture that ${how}`, () => {
      it('is not given out', async () => {
        await using harness = await open();
        const { picture } = await draw(harness.store, await makeWebsite(harness.store), '/');
        await harness[harm](picture);
        assert.equal(await harness.store.pictures.read(picture), undefined);
      });

      it('is whole again once the same bytes are kept anew', async () => {
        await using harness = await open();
        const { store } = harness;
        const website = await makeWebsite(store);
        const { picture, bytes } = await draw(store, website, '/');
        await harness[harm](picture);
        assert.equal((await draw(store, website, '/')).keeping, 'kept');
        assert.ok((await store.pictures.read(picture))?.equals(bytes));
      });
    });
  }

  describe('a picture that a sweep would remove', () => {
    it('is there for every card that was kept with it meanwhile', async () => {
      await using harness = await open();
      const website = await makeWebsite(harness.store);
      for (let round = 0; round < 8; round++) await keepDuringSweep(harness, website, round);
    });
  });
}

/** Leaves pictures that nothing points at, old enough to go, and keeps cards with them while a sweep runs. */
async function keepDuringSweep({ store, clock }: Harness, website: Website, round: number): Promise<void> {
  const cards = Array.from({ length: 20 }, (_, number) =>
    drawn(website, `/${number}`, { bytes: bytesOf(`round ${round}, card ${number}. `) }),
  );
  await Promise.all(cards.map(({ card, bytes }) => store.cards.keep(card, bytes)));
  const forgetAll = () => Promise.all(cards.map(({ card, id }) => store.cards.forget(id, orderOf(card))));
  await forgetAll();

  const sweeping = store.sweep(plenty, clock.move(1));
  const keeping: Promise<Keeping>[] = [];
  for (const { card, bytes } of cards) {
    for (let turn = 0; turn < round % 8; turn++) await nextTurn();
    keeping.push(store.cards.keep(card, bytes));
  }
  const kept = await Promise.all(keeping);
  await sweeping;

  const lost: number[] = [];
  for (const [number, { picture }] of cards.entries()) {
    if (kept[number] === 'kept' && (await store.pictures.read(picture)) === undefined) lost.push(number);
  }
  assert.deepEqual(lost, [], `round ${round}: cards that say they were kept and have no picture`);
  await forgetAll();
}
