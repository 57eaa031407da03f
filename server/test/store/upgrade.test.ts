import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { epochMs } from '../../src/model/units.ts';
import { openStore } from '../../src/store/open-store.ts';
import { migrate } from '../../src/store/sqlite/migrate.ts';
import { migrations } from '../../src/store/sqlite/migrations.ts';
import { bytesOf, cardId, makeWebsite, pictureOf, target } from './contract/samples.ts';
import { dataFolder } from './harness-sqlite.ts';
import { startProcess } from './processes/start.ts';

// Made by earlier code, with a website, its settings, two keys, three cards and a purge. 12: before the first release; 23: the
// last whose steps were counted and had no names.
const fixture = (schema: number) => new URL(`fixtures/schema-${schema}.sqlite.gz`, import.meta.url);

async function folderOf(schema: number) {
  const folder = await dataFolder();
  const database = join(folder.path, 'ogplus.sqlite');
  await writeFile(database, gunzipSync(await readFile(fixture(schema))));
  return Object.assign(folder, { database });
}

function ask(database: string, text: string): unknown[] {
  using file = { db: new DatabaseSync(database), [Symbol.dispose]: () => file.db.close() };
  return file.db
    .prepare(text)
    .all()
    .map((row) => Object.values(row)[0]);
}

const steps = 'SELECT name FROM kysely_migration ORDER BY name';

for (const schema of [12, 23]) {
  describe(`data of an earlier version, after ${schema} steps`, () => {
    it('opens with everything that it holds, and takes what is new', async () => {
      await using folder = await folderOf(schema);
      const { path, database } = folder;
      assert.deepEqual(ask(database, 'PRAGMA user_version'), [schema]);
      await using store = await openStore(path);
      const [website] = await store.websites.list();
      assert.ok(website);
      assert.equal(website.origin, 'https://upgraded.example');
      assert.deepEqual([website.settings.patience, website.settings.redirectHosts], [100, ['login.example']]);
      const keys = await store.websites.keysOf(website.id);
      assert.deepEqual(
        keys.map(({ revokedAt }) => revokedAt === null),
        [true, false],
      );
      const valid = await Promise.all(['/a', '/b', '/purged'].map((path) => store.cards.find(cardId(website, path))));
      assert.deepEqual(
        valid.map((card) => card !== undefined),
        [true, true, false],
      );
      const bytes = bytesOf('new');
      await store.pictures.write(pictureOf(bytes), bytes);
      assert.deepEqual(await store.pictures.read(pictureOf(bytes)), bytes);
      await store.changes.purge(website.id, { kind: 'page', target: target('/a') });
      assert.equal(await store.cards.find(cardId(website, '/a')), undefined);
      assert.deepEqual(ask(database, steps), Object.keys(migrations));
      // The version before counts, and goes on working.
      assert.deepEqual(ask(database, 'PRAGMA user_version'), [23]);
    });

    it('is brought up to date once by five processes that start at once, and all of them work', async () => {
      await using folder = await folderOf(schema);
      const processes = await Promise.all([1, 2, 3, 4, 5].map(() => startProcess('write-a-few.ts', folder.path)));
      for (const process of processes) process.go();
      for (const process of processes) assert.deepEqual(await process.end, { code: 0, signal: null, errors: '' });
      await using store = await openStore(folder.path);
      assert.equal((await store.websites.list()).length, 6);
      assert.deepEqual(ask(folder.database, steps), Object.keys(migrations));
    });

    it('is as before when a step fails, and is brought up to date by the next start', async () => {
      await using folder = await folderOf(schema);
      const broken = { ...migrations, '9999 broken': 'CREATE TABLE half (a) STRICT; SELECT nonsense' };
      const file = new DatabaseSync(folder.database);
      await assert.rejects(migrate(file, folder.database, broken));
      file.close();
      assert.deepEqual(ask(folder.database, 'PRAGMA user_version'), [schema]);
      const made = "SELECT name FROM sqlite_schema WHERE name IN ('half', 'compatibility', 'kysely_migration')";
      assert.deepEqual(ask(folder.database, made), []);
      await using store = await openStore(folder.path);
      assert.equal((await store.websites.list()).length, 1);
    });
  });
}

describe('pages whose tags were read by an earlier version', () => {
  it('have the title that their tags give, and are found by it', async () => {
    await using folder = await folderOf(23);
    const tags = [
      { name: '<title>', content: 'A title' },
      { name: 'og:title', content: ' ' },
      { name: 'og:title', content: 'A Day by the Sea' },
    ];
    const file = new DatabaseSync(folder.database);
    file.prepare(`UPDATE pages SET tags = ? WHERE target = '/a'`).run(JSON.stringify(tags));
    file.prepare(`UPDATE pages SET tags = ? WHERE target = '/b'`).run(JSON.stringify(tags.slice(0, 2)));
    file.close();
    await using store = await openStore(folder.path);
    const [website] = await store.websites.list();
    assert.ok(website);
    const query = { search: 'day by', state: null, sort: 'target', order: 'asc', limit: 10, after: null } as const;
    const titles = async (search: string) => {
      const { pages } = await store.activity.listPages(website.id, { ...query, search }, epochMs(Date.now()));
      return pages.map(({ title }) => title);
    };
    assert.deepEqual(await titles('day by'), ['A Day by the Sea']);
    assert.deepEqual(await titles('a title'), ['A title']);
  });
});

describe('data of a newer version', () => {
  const next = { ...migrations, '9999 next': 'ALTER TABLE websites ADD COLUMN more TEXT' };

  it('is worked with, and stays as it is, where its steps only add', async () => {
    await using folder = await folderOf(23);
    const file = new DatabaseSync(folder.database);
    await migrate(file, folder.database, next);
    {
      await using store = await openStore(folder.path);
      await makeWebsite(store, 'another');
    }
    await migrate(file, folder.database, next);
    file.close();
    assert.deepEqual(ask(folder.database, steps), Object.keys(next));
    assert.deepEqual(ask(folder.database, 'SELECT count(more) FROM websites'), [0]);
  });

  it('is left alone where this version cannot work with it, and says which version it needs', async () => {
    await using folder = await folderOf(23);
    const file = new DatabaseSync(folder.database);
    const breaking = `UPDATE compatibility SET oldest = ${Object.keys(next).length}`;
    await migrate(file, folder.database, { ...migrations, '9999 breaking': breaking });
    file.close();
    await assert.rejects(openStore(folder.path), /was made by a newer version of OpenGraph\+\. Start that version\./);
  });
});
