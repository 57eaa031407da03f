import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { firstAccountTokenOf } from '../../src/websites/keys.ts';
import { page, startOrigin } from '../harness/origin.ts';
import { Client, join } from '../harness/people.ts';
import { startPostgres } from '../harness/postgres.ts';
import { startTestService, type TestService } from '../harness/service.ts';
import { until } from '../harness/until.ts';

const server = await startPostgres();
after(() => server[Symbol.asyncDispose]());
const cacheable = { 'Cache-Control': 'max-age=600' };

const key = randomBytes(32).toString('base64url');
const startNode = (database: string, more = {}) =>
  startTestService({
    OGPLUS_DATABASE_URL: server.url(database),
    OGPLUS_MASTER_KEY: key,
    OGPLUS_RENDERERS: '1',
    ...more,
  });
const statusOf = async (node: TestService, path: string) => (await node.ask(path)).status;

describe('a service on Postgres', () => {
  it('keeps cards, forgets them with a purge, and knows them after a restart', async () => {
    const database = await server.createDatabase();
    await using origin = await startOrigin(page({ headers: cacheable }));
    const first = await startNode(database);
    const website = await first.website(origin.url);
    assert.match((await first.card(website, '/')).headers['cache-status'] ?? '', /fwd=miss.*; stored/);
    assert.match((await first.card(website, '/')).headers['cache-status'] ?? '', /; hit/);
    await first.service.store.changes.purge(website.id, { kind: 'website' });
    assert.match((await first.card(website, '/')).headers['cache-status'] ?? '', /fwd=miss.*; stored/);
    await first[Symbol.asyncDispose]();
    await using second = await startNode(database);
    const [known] = await second.service.store.websites.list();
    assert.deepEqual(known, website);
    const other = { OGPLUS_MASTER_KEY: randomBytes(32).toString('base64url') };
    await assert.rejects(startNode(database, other), /^Error: OGPLUS_MASTER_KEY is not the master key .* Set the same/);
    await assert.rejects(
      startNode(database, { OGPLUS_MASTER_KEY: '' }),
      /secret\.key is missing.*set OGPLUS_MASTER_KEY/,
    );
  });
});

describe('a service that serves nothing without its database', () => {
  it('answers 503 while it is away', async () => {
    const database = await server.createDatabase();
    await using origin = await startOrigin(page({ headers: cacheable }));
    await using node = await startNode(database, { OGPLUS_SERVE_WITHOUT_DATABASE: 'false' });
    const website = await node.website(origin.url);
    assert.equal((await node.card(website, '/')).status, 200);
    server.freeze();
    try {
      await until('it notices', () => !node.service.store.changes.catchUp());
      assert.equal((await node.card(website, '/')).status, 503);
    } finally {
      server.thaw();
    }
    await until('it is back', () => node.service.store.changes.catchUp());
    assert.equal((await node.card(website, '/')).status, 200);
  });
});

describe('a service whose database is away', () => {
  it('sends what it has, draws what is new, and is whole again without a restart', async () => {
    const database = await server.createDatabase();
    await using origin = await startOrigin(page({ headers: cacheable }));
    await using node = await startNode(database);
    const website = await node.website(origin.url);
    const kept = await node.card(website, '/kept');
    assert.equal(kept.status, 200);
    assert.equal(await statusOf(node, '/readyz'), 200);
    server.freeze();
    try {
      await until('it notices', () => !node.service.store.changes.catchUp());
      const fromMemory = await node.card(website, '/kept');
      assert.deepEqual([fromMemory.status, fromMemory.body], [200, kept.body]);
      assert.match(fromMemory.headers['cache-status'] ?? '', /; hit; ttl=\d+; detail=store-unreachable/);
      assert.equal(fromMemory.headers['cache-control'], 'no-cache');

      const drawn = await node.card(website, '/new');
      assert.equal(drawn.status, 200);
      assert.doesNotMatch(drawn.headers['cache-status'] ?? '', /stored/);
      assert.equal(await statusOf(node, '/readyz'), 503);
      assert.equal(await statusOf(node, '/healthz'), 200);
      // The first who signs in since the start.
      assert.equal((await new Client(node).signIn('anna@people.example')).status, 503);
    } finally {
      server.thaw();
    }
    await until('it is back', () => node.service.store.changes.catchUp());
    await join(node, 'anna', firstAccountTokenOf(Buffer.from(key, 'base64url')));
    await until('it is ready', async () => (await statusOf(node, '/readyz')) === 200);
    assert.match((await node.card(website, '/kept')).headers['cache-status'] ?? '', /; hit; ttl=\d+$/);
    await node.service.store.changes.purge(website.id, { kind: 'website' });
    for (const path of ['/kept', '/new'])
      assert.match((await node.card(website, path)).headers['cache-status'] ?? '', /fwd=miss.*; stored/);
  });
});
