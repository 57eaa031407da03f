import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { openStore } from '../../src/store/open-store.ts';
import { migrations } from '../../src/store/sqlite/migrations.ts';
import { bytesOf, cardId, pictureOf, target } from './contract/samples.ts';

// Made by the code of 0.1.0 before its first release, with a website, its settings, two keys, three cards and a purge.
const fixture = new URL('fixtures/schema-12.sqlite.gz', import.meta.url);

let folder: string;
let database: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ogplus-upgrade-'));
  database = join(folder, 'ogplus.sqlite');
  await writeFile(database, gunzipSync(await readFile(fixture)));
});
after(() => rm(folder, { recursive: true, force: true }));

function schemaOf(path: string): number {
  using file = { db: new DatabaseSync(path), [Symbol.dispose]: () => file.db.close() };
  return Number(file.db.prepare('PRAGMA user_version').get()?.['user_version']);
}

describe('data of the version before', () => {
  it('opens with everything that it holds, and takes what is new', async () => {
    assert.equal(schemaOf(database), 12);
    await using store = await openStore(folder);
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
    assert.equal(schemaOf(database), migrations.length);
  });

  it('of a version after is left alone, and says which version it needs', async () => {
    const db = new DatabaseSync(database);
    db.exec(`PRAGMA user_version = ${migrations.length + 1}`);
    db.close();
    await assert.rejects(openStore(folder), /was made by a newer version of OpenGraph\+\. Start that version\./);
    assert.equal(schemaOf(database), migrations.length + 1);
  });
});
