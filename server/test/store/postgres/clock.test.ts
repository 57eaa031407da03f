import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { type Clock, epochMs, milliseconds, systemClock } from '../../../src/model/units.ts';
import { PictureFiles } from '../../../src/store/files/pictures.ts';
import { SharedClock } from '../../../src/store/postgres/clock.ts';
import { postgresStore } from '../../../src/store/postgres/postgres-store.ts';
import { startPostgres } from '../../harness/postgres.ts';
import { MovableClock } from '../contract/harness.ts';
import { dataFolder } from '../harness-sqlite.ts';
import { databaseWithTables } from './harness.ts';

const server = await startPostgres();
after(() => server[Symbol.asyncDispose]());
const database = await databaseWithTables(server);

async function nodeWith(clock: Clock) {
  const parts = new AsyncDisposableStack();
  const folder = parts.use(await dataFolder());
  await mkdir(join(folder.path, 'pictures'));
  const store = parts.use(
    await postgresStore({
      address: { url: server.url(database) },
      pictures: new PictureFiles(folder.path),
      clock,
      pagesPerWebsite: Number.POSITIVE_INFINITY,
      follows: true,
    }),
  );
  return { store, [Symbol.asyncDispose]: () => parts.disposeAsync() };
}

const minute = 60_000;

describe('a node whose clock is set by an hour', () => {
  for (const hours of [-1, 1]) {
    it(`goes by the database's time at once (${hours} h)`, async () => {
      const clock = new MovableClock();
      await using node = await nodeWith(clock);
      clock.move(hours);
      assert.ok(Math.abs(node.store.clock.now() - Date.now()) < minute);
    });

    it(`uses up no quota of other nodes (${hours} h)`, async () => {
      const clock = new MovableClock();
      await using node = await nodeWith(clock);
      await using other = await nodeWith(systemClock);
      clock.move(hours / 2);
      const key = `key ${hours}`;
      const used = async ({ store }: typeof node, ms: number) =>
        (await store.limits.settle(new Map([[key, milliseconds(ms)]]))).get(key) ?? Number.NaN;
      assert.ok((await used(node, minute)) <= minute);
      const left = await used(other, 0);
      assert.ok(left > 0 && left <= minute, `${left}`);
    });
  }
});

describe("the database's clock", () => {
  const at = (time: number) => ({ now: () => epochMs(time) });

  it('is the machine’s until the database has told the time, and goes on between its answers', () => {
    let monotonic = 5000;
    const clock = new SharedClock(at(77_000), () => monotonic);
    assert.equal(clock.now(), 77_000);
    clock.learn(1_000_000, 5000, 5000);
    monotonic += 1234;
    assert.equal(clock.now(), 1_001_234);
  });

  it('is kept while an answer says nothing new, and corrected by as little as can be', () => {
    const clock = new SharedClock(at(0), () => 5000);
    clock.learn(1_000_000, 5000, 5000);
    clock.learn(1_000_000, 4990, 5010); // on its way for 20 ms
    assert.equal(clock.now(), 1_000_000);
    clock.learn(1_000_050, 4990, 5010);
    assert.equal(clock.now(), 1_000_040);
    clock.learn(999_950, 4990, 5010);
    assert.equal(clock.now(), 999_961);
  });
});
