import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { utimesSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import type { Picture } from '../../src/model/picture.ts';
import { milliseconds } from '../../src/model/units.ts';
import { defaultSettings } from '../../src/model/website.ts';
import { PictureFiles } from '../../src/store/files/pictures.ts';
import { openStore } from '../../src/store/open-store.ts';
import { migrations } from '../../src/store/sqlite/migrations.ts';
import { draw, gone, makeWebsite, storedResponse } from './contract/samples.ts';
import { storeContract } from './contract.ts';
import { dataFolder, openSqlite } from './harness-sqlite.ts';
import { startProcess } from './processes/start.ts';

storeContract('the store in SQLite and files', openSqlite);

describe('a quota that is used up when the clock of the machine is set back', () => {
  it('comes back in its time', async () => {
    await using harness = await openSqlite();
    const used = async (ms: number) => (await harness.store.limits.settle(new Map([['a', milliseconds(ms)]]))).get('a');
    assert.equal(await used(60_000), 60_000);
    harness.clock.moveMs(-90_000);
    assert.equal(await used(0), 60_000);
    harness.clock.moveMs(59_000);
    assert.equal(await used(0), 1000);
  });
});

describe('a picture without a record that another process writes again while a sweep looks at it', () => {
  it('stays, as its record is about to come', async () => {
    await using folder = await dataFolder();
    await mkdir(join(folder.path, 'pictures'));
    const files = new PictureFiles(folder.path);
    const bytes = Buffer.from('a picture');
    const hash = createHash('sha256').update(bytes).digest('hex');
    const picture: Picture = { hash, type: 'image/png', size: bytes.length, width: 1, height: 1 };
    const path = join(folder.path, 'pictures', hash.slice(0, 2), hash);
    await files.write(picture, bytes);
    await utimes(path, 0, 0);
    const nothingKept = () => false;
    const afterWrite = (_: string, unlink: () => boolean) => {
      utimesSync(path, new Date(), new Date()); // what a write does to a file that is there
      return unlink();
    };
    assert.equal(await files.sweep(Date.now(), nothingKept, afterWrite), 0);
    assert.ok(files.has(picture));
    await utimes(path, 0, 0);
    assert.equal(await files.sweep(Date.now(), nothingKept, (_, unlink) => unlink()), 1);
    assert.equal(files.has(picture), false);
  });
});

describe('opening the store', () => {
  it('makes the data folder, for its owner alone', async () => {
    await using folder = await dataFolder();
    const dataDir = join(folder.path, 'deep', 'data');
    await using store = await openStore(dataDir);
    await store.check();
    assert.equal((await stat(dataDir)).mode & 0o777, 0o700);
  });

  it('says which folder is a file', async () => {
    await using folder = await dataFolder();
    const dataDir = join(folder.path, 'data');
    await writeFile(dataDir, '');
    await assert.rejects(openStore(dataDir), oneLineAbout(dataDir));
  });

  it('says which folder has a file on its way', async () => {
    await using folder = await dataFolder();
    await writeFile(join(folder.path, 'file'), '');
    const dataDir = join(folder.path, 'file', 'data');
    await assert.rejects(openStore(dataDir), oneLineAbout(dataDir));
  });

  it('says which folder cannot be written', {
    skip: process.getuid?.() === 0 && 'root may write anywhere',
  }, async () => {
    await using folder = await dataFolder();
    await chmod(folder.path, 0o500);
    await assert.rejects(openStore(folder.path), oneLineAbout(folder.path));
  });

  it('says that a file is no database', async () => {
    await using folder = await dataFolder();
    await writeFile(join(folder.path, 'ogplus.sqlite'), 'This is no database. '.repeat(500));
    await assert.rejects(openStore(folder.path), oneLineAbout(folder.path));
  });

  it('says that a folder lies where the database should be', async () => {
    await using folder = await dataFolder();
    await mkdir(join(folder.path, 'ogplus.sqlite'));
    await assert.rejects(openStore(folder.path), oneLineAbout(folder.path));
  });

  for (const version of [0, 3]) {
    it(`says that the database of another program (of its version ${version}) is none of ours, and leaves it as it is`, async () => {
      await using folder = await dataFolder();
      const file = join(folder.path, 'ogplus.sqlite');
      const foreign = new DatabaseSync(file);
      foreign.exec(`CREATE TABLE websites (url TEXT); PRAGMA user_version = ${version}`);
      foreign.close();
      const before = await readFile(file);
      await assert.rejects(openStore(folder.path), oneLineAbout(folder.path, /another program/));
      assert.ok((await readFile(file)).equals(before));
    });
  }

  it('leaves the database of a newer version alone', async () => {
    await using folder = await dataFolder();
    await (await openStore(folder.path))[Symbol.asyncDispose]();
    const database = new DatabaseSync(join(folder.path, 'ogplus.sqlite'));
    database.exec('pragma user_version = 999');
    database.close();
    await assert.rejects(openStore(folder.path), oneLineAbout(folder.path, /newer/));
  });

  it('brings a database from before websites had several keys up to date', async () => {
    await using folder = await dataFolder();
    const database = new DatabaseSync(join(folder.path, 'ogplus.sqlite'));
    for (const step of Object.values(migrations).slice(0, 2)) database.exec(step);
    database.exec(`INSERT INTO websites (origin, connection, public_key, settings, created_at)
      VALUES ('https://old.example', 'old', 'ogplus_pk_old', '{}', 5); PRAGMA user_version = 2`);
    database.close();
    await using store = await openStore(folder.path);
    const [website] = await store.websites.list();
    assert.equal(website?.publicKey, 'ogplus_pk_old');
    assert.deepEqual(await store.websites.byPublicKey(website.publicKey), website);
    const expected = { publicKey: website.publicKey, websiteId: website.id, createdAt: 5, revokedAt: null };
    assert.deepEqual(await store.websites.keysOf(website.id), [expected]);
    assert.deepEqual(website.settings, defaultSettings); // what its settings do not have has its default
  });

  it('keeps the cards of a database from before cards had a purge version', async () => {
    await using folder = await dataFolder();
    const database = new DatabaseSync(join(folder.path, 'ogplus.sqlite'));
    for (const step of Object.values(migrations).slice(0, 8)) database.exec(step);
    const { head, policy } = storedResponse();
    database.exec(`
      INSERT INTO websites (origin, connection, public_key, settings, created_at)
        VALUES ('https://old.example', 'old', 'ogplus_pk_old', '{}', 5);
      INSERT INTO purges (website_id, kind, value, seq, at) VALUES (1, 'page', '/void', 8, 5), (1, 'page', '/', 7, 5);
      INSERT INTO changes (seq, website_id, kind, value) VALUES (8, 1, 'page', '/void');
      INSERT INTO pages (id, website_id, target, kept_mark) VALUES (1, 1, '/', 7), (2, 1, '/void', 7);
      PRAGMA user_version = 8`);
    const insert = database.prepare(`
      INSERT INTO cards (page_id, consumer, variant, outcome, picture_hash, picture_size, response, policy,
        version_tag, response_id, mark, asked_at) VALUES (?, 'generic', '', ?, NULL, 0, ?, ?, 'first', 'r', 7, 5)`);
    const outcome = JSON.stringify({ kind: 'gone', status: 404 });
    for (const page of [1, 2]) insert.run(page, outcome, JSON.stringify(head), JSON.stringify(policy));
    database.close();
    await using store = await openStore(folder.path);
    const [website] = await store.websites.list();
    assert.ok(website !== undefined);
    const card = { ...gone(website, '/', { purgeVersion: 7 }), responseId: 'r' };
    assert.deepEqual(await store.cards.find(card.id), card);
    assert.deepEqual(await store.changes.purgeState(website.id, card.id.target), {
      purgeVersion: 8,
      covering: 7,
      purged: false,
    });
    assert.equal(await store.cards.find(gone(website, '/void').id), undefined);
  });

  it('lets hosts go on that websites had before they had to be proven', async () => {
    await using folder = await dataFolder();
    const database = new DatabaseSync(join(folder.path, 'ogplus.sqlite'));
    for (const step of Object.values(migrations).slice(0, 9)) database.exec(step);
    database.exec(`
      INSERT INTO websites (origin, connection, public_key, settings, created_at) VALUES
        ('https://old.example', 'old', 'ogplus_pk_old', '{"ownHost":"cards.old.example"}', 5),
        ('https://none.example', 'none', 'ogplus_pk_none', '{}', 5);
      PRAGMA user_version = 9`);
    database.close();
    await using store = await openStore(folder.path);
    const host = { name: 'cards.old.example', by: 'dns' };
    const hosts = (await store.websites.list()).map(({ provenHost }) => provenHost);
    assert.deepEqual(hosts, [null, host]);
    assert.deepEqual(await store.websites.unproven(10), []);
  });

  it('works for several processes that start at once and write at once', async () => {
    for (let round = 0; round < 3; round++) {
      await using folder = await dataFolder();
      const processes = await Promise.all([0, 1, 2, 3].map(() => startProcess('write-a-few.ts', folder.path)));
      for (const process of processes) process.go();
      for (const process of processes) assert.deepEqual(await process.end, { code: 0, signal: null, errors: '' });
      await using store = await openStore(folder.path);
      assert.equal((await store.websites.list()).length, 4);
    }
  });
});

describe('the check of a store', () => {
  it('fails while its folder is gone or another, and nothing is written into a new one', async () => {
    await using folder = await dataFolder();
    const dataDir = join(folder.path, 'data');
    await using store = await openStore(dataDir);
    const website = await makeWebsite(store);
    await store.check();
    const gone = { type: 'store-unreachable', reason: 'gone' };
    await rename(dataDir, join(folder.path, 'moved'));
    await assert.rejects(store.check(), gone);
    await assert.rejects(draw(store, website, '/'), gone);
    await assert.rejects(stat(dataDir), { code: 'ENOENT' });
    await using other = await openStore(dataDir);
    await other.check();
    await assert.rejects(store.check(), gone);
    await rm(dataDir, { recursive: true });
    await rename(join(folder.path, 'moved'), dataDir);
    await store.check();
  });

  it('waits for no process that writes', async () => {
    await using folder = await dataFolder();
    await using store = await openStore(folder.path);
    const writer = new DatabaseSync(join(folder.path, 'ogplus.sqlite'));
    writer.exec('BEGIN IMMEDIATE');
    await store.check();
    writer.close();
  });

  it('waits once for a process that goes on writing, and from then on for none until it is done', async () => {
    await using folder = await dataFolder();
    await using store = await openStore(folder.path);
    const website = await makeWebsite(store);
    const writer = new DatabaseSync(join(folder.path, 'ogplus.sqlite'));
    writer.exec('BEGIN IMMEDIATE');
    const purge = () => store.changes.purge(website.id, { kind: 'website' });
    const busy = { type: 'store-unreachable', reason: 'busy' };
    // Each would wait for a second: longer in all than a test may take.
    for (let nth = 0; nth < 1000; nth++) {
      await assert.rejects(purge(), busy);
      assert.equal((await store.websites.byId(website.id))?.origin, website.origin, 'what is there can be read');
    }
    writer.exec('ROLLBACK');
    await purge();
    writer.close();
  });

  it('fails once the store is closed', async () => {
    await using folder = await dataFolder();
    const store = await openStore(folder.path);
    await store[Symbol.asyncDispose]();
    await assert.rejects(store.check(), { reason: 'closed' });
    assert.equal(store.changes.catchUp(), false);
  });
});

describe('what lies in the data folder', () => {
  const modeOf = async (...path: string[]) => (await stat(join(...path))).mode & 0o777;
  const files = ['ogplus.sqlite', 'ogplus.sqlite-wal', 'ogplus.sqlite-shm'];

  it('is for its owner alone, in a folder that others may look into too, and the owner is warned', async () => {
    await using folder = await dataFolder();
    await chmod(folder.path, 0o755);
    const warnings: string[] = [];
    await using store = await openStore(folder.path, { warn: (sentence) => warnings.push(sentence) });
    const { picture } = await draw(store, await makeWebsite(store), '/');
    for (const file of files) assert.equal(await modeOf(folder.path, file), 0o600, file);
    const short = picture.hash.slice(0, 2);
    assert.equal(await modeOf(folder.path, 'pictures', short), 0o700);
    assert.equal(await modeOf(folder.path, 'pictures', short, picture.hash), 0o600);
    assert.equal(warnings.length, 1);
    assert.match(
      warnings[0] ?? '',
      new RegExp(`^Other users .* the data folder ${folder.path}\\. .* chmod 700 ${folder.path}$`),
    );
  });

  it('is taken back from others where an earlier version let them read it', async () => {
    await using folder = await dataFolder();
    const before = await openStore(folder.path);
    await makeWebsite(before);
    for (const file of files) await chmod(join(folder.path, file), 0o644);
    const warnings: string[] = [];
    await using _store = await openStore(folder.path, { warn: (sentence) => warnings.push(sentence) });
    for (const file of files) assert.equal(await modeOf(folder.path, file), 0o600, file);
    assert.deepEqual(warnings, []);
    await before[Symbol.asyncDispose]();
  });
});

describe('closing the store', () => {
  it('leaves one database file, and nothing in a log beside it', async () => {
    await using folder = await dataFolder();
    const store = await openStore(folder.path);
    await makeWebsite(store);
    await store[Symbol.asyncDispose]();
    await assert.rejects(stat(join(folder.path, 'ogplus.sqlite-wal')), { code: 'ENOENT' });
  });
});

/** An error with one line for a person, naming the place. */
function oneLineAbout(place: string, what = /./) {
  return (error: unknown): true => {
    assert.ok(error instanceof Error);
    assert.ok(error.message.includes(place), error.message);
    assert.ok(!error.message.includes('\n'), error.message);
    assert.match(error.message, what);
    return true;
  };
}
