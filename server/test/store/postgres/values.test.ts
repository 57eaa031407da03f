import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { getMigrations } from 'better-auth/db/migration';
import { sql } from 'kysely';
import { pino } from 'pino';
import { authOptions, createAuth } from '../../../src/accounts/auth.ts';
import { Problem } from '../../../src/model/problem.ts';
import { Database } from '../../../src/store/postgres/connection/database.ts';
import { startPostgres } from '../../harness/postgres.ts';
import { draw, makeWebsite } from '../contract/samples.ts';
import { databaseWithTables, openerOf } from './harness.ts';

const server = await startPostgres();
after(() => server[Symbol.asyncDispose]());
const database = await databaseWithTables(server);
const open = openerOf(server, database);
const rest = {
  secret: 'a secret that is long enough to be taken for one',
  url: 'http://127.0.0.1:3000',
  log: pino({ level: 'silent' }),
};

describe("better-auth's tables in Postgres", () => {
  it('are all there, made by our own migrations', async () => {
    await using harness = await open();
    const { accounts } = harness.store;
    const { toBeCreated, toBeAdded } = await getMigrations(authOptions({ accounts, ...rest }));
    assert.deepEqual({ toBeCreated, toBeAdded }, { toBeCreated: [], toBeAdded: [] });
  });

  it('hold persons, their sessions and keys', async () => {
    await using harness = await open();
    const { store } = harness;
    const { api } = createAuth({ accounts: store.accounts, ...rest });
    const [email, password] = ['ada@people.example', 'correct horse battery'];
    const { user } = await api.signUpEmail({ body: { name: 'Ada', email, password } });
    assert.equal((await store.members.person(user.id as never))?.email, email);
    assert.ok(Math.abs(((await store.members.people())[0]?.createdAt ?? 0) - Date.now()) < 60_000);
    await assert.rejects(api.signInEmail({ body: { email, password: 'wrong' } }));
    const { token } = await api.signInEmail({ body: { email, password } });
    assert.ok(token.length > 10);
    const made = await api.createApiKey({ body: { name: 'a key', userId: user.id } });
    const { valid } = await api.verifyApiKey({ body: { key: made.key } });
    assert.equal(valid, true);
  });
});

describe('a text with a NUL character', () => {
  it('is refused with a sentence, and nothing else with it', async () => {
    await using harness = await open();
    const { store } = harness;
    const website = await makeWebsite(store);
    const { id } = await draw(store, website, '/');
    const says = (error: unknown) => error instanceof Problem && error.type === 'invalid' && /NUL/.test(error.message);
    await assert.rejects(store.cards.find({ ...id, consumer: 'a\0b' }), says);
    await assert.rejects(
      store.cards.noteAsked([{ id: { ...id, consumer: '\0' }, requests: 1 }], harness.clock.now()),
      says,
    );
    assert.notEqual(await store.cards.find(id), undefined);
  });
});

describe('a number of 64 bits', () => {
  it('is read exactly, or not at all', async () => {
    await using db = Object.assign(new Database({ url: server.url(database) }, 1), {
      async [Symbol.asyncDispose]() {
        await db.close();
      },
    });
    assert.deepEqual(await db.first(sql`SELECT 9007199254740991::bigint AS n`), { n: 9007199254740991 });
    await assert.rejects(db.first(sql`SELECT 9007199254740993::bigint AS n`), /9007199254740993.*too large/);
    assert.deepEqual(await db.first(sql`SELECT 1::bigint AS n`), { n: 1 });
  });
});

describe('two transactions that wait for each other', () => {
  it('both end: the database gives one up, and it is repeated', async () => {
    await using harness = await open();
    await makeWebsite(harness.store, 'first');
    await makeWebsite(harness.store, 'second');
    const db = new Database({ url: server.url(database) }, 2);
    const bothHaveOne = Promise.withResolvers<void>();
    let first = 0;
    const add = (order: readonly string[]) =>
      db.transaction(async (tx) => {
        for (const [index, name] of order.entries()) {
          await tx.run(sql`UPDATE websites SET created_at = created_at + 1 WHERE connection = ${name}`);
          if (index > 0) continue;
          if (++first >= 2) bothHaveOne.resolve();
          await bothHaveOne.promise;
        }
      });
    const before = (await harness.store.websites.list()).map(({ createdAt }) => createdAt);
    await Promise.all([add(['first', 'second']), add(['second', 'first'])]);
    const grown = (await harness.store.websites.list()).map(({ createdAt }, index) => createdAt - (before[index] ?? 0));
    assert.deepEqual(grown, [2, 2]);
    await db.close();
  });
});
