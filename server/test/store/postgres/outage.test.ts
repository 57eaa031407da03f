import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { StoreUnreachable } from '../../../src/model/store-unreachable.ts';
import { milliseconds, systemClock } from '../../../src/model/units.ts';
import { PictureFiles } from '../../../src/store/files/pictures.ts';
import type { Store } from '../../../src/store/ports/store.ts';
import { postgresStore } from '../../../src/store/postgres/postgres-store.ts';
import { startPostgres } from '../../harness/postgres.ts';
import { type Relay, startRelay } from '../../harness/relay.ts';
import { until } from '../../harness/until.ts';
import { changesOf } from '../contract/harness.ts';
import { draw, makeWebsite } from '../contract/samples.ts';
import { dataFolder } from '../harness-sqlite.ts';
import { databaseWithTables, empty } from './harness.ts';

const server = await startPostgres();
after(() => server[Symbol.asyncDispose]());
const database = await databaseWithTables(server);
const unreachable = (error: unknown) => error instanceof StoreUnreachable;

interface Nodes extends AsyncDisposable {
  /** A node, on its own way to the database. */
  open(): Promise<{ readonly store: Store; readonly way: Relay }>;
}

async function someNodes(): Promise<Nodes> {
  const parts = new AsyncDisposableStack();
  parts.defer(() => empty(server, database));
  const folder = parts.use(await dataFolder());
  await mkdir(join(folder.path, 'pictures'));
  return {
    async open() {
      const way = parts.use(await startRelay(server.port));
      const store = await postgresStore({
        address: { url: server.url(database).replace(`:${server.port}/`, `:${way.port}/`) },
        pictures: new PictureFiles(folder.path),
        clock: systemClock,
        pagesPerWebsite: Number.POSITIVE_INFINITY,
        follows: true,
      });
      parts.use(store);
      return { store, way };
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

const isBack = (store: Store) =>
  until('the node trusts its memory again', async () => {
    const answers = await store.check().then(
      () => true,
      () => false,
    );
    return answers && store.changes.catchUp();
  });

describe('a node that is cut off from the database', () => {
  it('holds up a purge until it serves nothing from memory, and hears of the purge once it is back', async () => {
    await using nodes = await someNodes();
    const [near, far] = [await nodes.open(), await nodes.open()];
    const website = await makeWebsite(near.store);
    const heard = changesOf(far.store);
    far.way.hold();
    const purgeVersion = await near.store.changes.purge(website.id, { kind: 'website' });
    assert.equal(far.store.changes.catchUp(), false, 'its memory is not trusted');
    far.way.release();
    await isBack(far.store);
    assert.deepEqual(
      heard().map((change) => [change.kind, change.purgeVersion]),
      [['purge', purgeVersion]],
    );
  });

  it('that is killed holds up nobody for ever', async () => {
    await using nodes = await someNodes();
    const [near, gone] = [await nodes.open(), await nodes.open()];
    const website = await makeWebsite(near.store);
    gone.way.hold();
    gone.way.cut();
    await near.store.changes.purge(website.id, { kind: 'website' });
    await near.store.changes.purge(website.id, { kind: 'website' });
    assert.equal(near.store.changes.catchUp(), true);
  });

  it('answers what waits, and what comes, with an error', async () => {
    await using nodes = await someNodes();
    const { store, way } = await nodes.open();
    const website = await makeWebsite(store);
    way.hold();
    await assert.rejects(store.websites.byId(website.id), unreachable);
    await until('it notices', () => !store.changes.catchUp());
    await assert.rejects(store.changes.purge(website.id, { kind: 'website' }), unreachable);
    await assert.rejects(store.check(), unreachable);
    way.release();
    await isBack(store);
    assert.deepEqual(await store.websites.byId(website.id), website);
  });

  it('is back after all its connections were closed', async () => {
    await using nodes = await someNodes();
    const [near, other] = [await nodes.open(), await nodes.open()];
    const website = await makeWebsite(near.store);
    const heard = changesOf(near.store);
    near.way.cut();
    const purgeVersion = await other.store.changes.purge(website.id, { kind: 'website' });
    await until('it has heard', () => near.store.changes.catchUp() && heard().length > 0);
    assert.equal((await near.store.changes.purgeState(website.id, '/' as never)).purgeVersion, purgeVersion);
  });
});

describe('a database', () => {
  it('that is frozen and goes on is all as it was', async () => {
    await using nodes = await someNodes();
    const [first, second] = [(await nodes.open()).store, (await nodes.open()).store];
    const website = await makeWebsite(first);
    const { id, card } = await draw(first, website, '/');
    server.freeze();
    try {
      await until('both notice', () => !first.changes.catchUp() && !second.changes.catchUp());
      await assert.rejects(first.cards.find(id), unreachable);
      await assert.rejects(first.changes.purge(website.id, { kind: 'website' }), unreachable);
    } finally {
      server.thaw();
    }
    for (const store of [first, second]) await isBack(store);
    assert.deepEqual(await second.cards.find(id), card, 'a purge that was refused did not happen');
    await first.changes.purge(website.id, { kind: 'website' });
    assert.equal(await second.cards.find(id), undefined);
  });

  for (const how of ['fast', 'immediate'] as const) {
    it(`that is stopped (${how}) and started again is all as it was, and has no lease left`, async () => {
      await using nodes = await someNodes();
      const [first, second] = [(await nodes.open()).store, (await nodes.open()).store];
      const website = await makeWebsite(first);
      const { id, card } = await draw(first, website, '/');
      const lease = await first.leases.acquire('a job', milliseconds(60_000));
      assert.ok(lease !== undefined);
      await server.stop(how);
      await assert.rejects(first.cards.find(id), unreachable);
      await server.start();
      for (const store of [first, second]) await isBack(store);
      assert.deepEqual(await second.cards.find(id), card);
      if (how === 'immediate') {
        assert.equal(await first.leases.renew(lease, milliseconds(1000)), false);
        assert.ok((await second.leases.acquire('a job', milliseconds(1000))) !== undefined);
      }
      await second.changes.purge(website.id, { kind: 'website' });
      assert.equal(await first.cards.find(id), undefined);
    });
  }

  it('that became read-only, as an old primary does, is left, and found again when it takes writes', async () => {
    await using nodes = await someNodes();
    const { store } = await nodes.open();
    const website = await makeWebsite(store);
    const setReadOnly = async (value: 'on' | 'off') => {
      await server.sql(`ALTER SYSTEM SET default_transaction_read_only = ${value}`);
      await server.sql('SELECT pg_reload_conf()');
    };
    await setReadOnly('on');
    try {
      await until('it notices', () => !store.changes.catchUp());
      await assert.rejects(store.websites.byId(website.id), unreachable, 'no old record is read');
    } finally {
      await setReadOnly('off');
    }
    await isBack(store);
    assert.deepEqual(await store.websites.byId(website.id), website);
  });
});
