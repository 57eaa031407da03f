import assert from 'node:assert/strict';
import { access, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { openStore } from '../../src/store/open-store.ts';
import { masterKey } from '../../src/websites/master-key.ts';
import { ogplus, ogplusProcess } from '../harness/command.ts';
import { makeDataFolder } from '../harness/data-folder.ts';
import { bytesOf, cardId, draw, drawn, makeWebsite } from '../store/contract/samples.ts';

let folder: string;
let dataDir: string;
let env: Record<string, string>;
/** The store of a service that goes on running. */
let store: Awaited<ReturnType<typeof openStore>>;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ogplus-backup-'));
  dataDir = await makeDataFolder(join(folder, 'data'));
  env = { OGPLUS_DATA_DIR: dataDir, XDG_CONFIG_HOME: join(folder, 'config'), OGPLUS_SERVICE: '' };
  store = await openStore(dataDir);
  const website = await makeWebsite(store);
  for (const path of ['/a', '/b']) await draw(store, website, path);
});
after(async () => {
  await store[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const at = (name: string) => join(folder, name);
const backup = (file: string, ...more: string[]) => ogplus(['backup', at(file), ...more], env);
const restore = (file: string, into: string, ...more: string[]) =>
  ogplus(['restore', at(file), ...more], { ...env, OGPLUS_DATA_DIR: at(into) });

describe('a backup of a running service', () => {
  it('holds the database and the key as they are at one moment, and nobody else can read it', async () => {
    const website = (await store.websites.list())[0];
    assert.ok(website);
    // A writer that never rests: the copy waits for none and holds up none.
    let writing = true;
    let purges = 0;
    const writer = (async () => {
      for (; writing; purges++) {
        await store.changes.purge(website.id, { kind: 'page', target: cardId(website, '/other').target });
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const { code, stdout, stderr } = await ogplusProcess(['backup', at('plain.tar')], env);
    writing = false;
    await writer;
    assert.equal(code, 0, stderr);
    assert.ok(purges > 0);
    assert.match(
      stdout,
      /^Backed up 1 website, 2 cards, no pictures to .*plain\.tar: .+, checked\.\nIt contains the master key/,
    );
    assert.equal(stderr, `Data folder: ${dataDir}\n`);
    assert.equal((await stat(at('plain.tar'))).mode & 0o777, 0o600);
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.startsWith('.')),
      [],
    );
  });

  it('is restored elsewhere: websites, keys and cards, with the pictures where they were wanted', async () => {
    assert.match((await backup('whole.tar', '--pictures')).stdout, /2 cards, 2 pictures/);
    for (const [file, into, pictures] of [
      ['plain.tar', 'without', false],
      ['whole.tar', 'with', true],
    ] as const) {
      const { code, stdout, stderr } = await restore(file, into);
      assert.equal(code, 0, stderr);
      assert.match(stdout, /^Restored 1 website, 2 cards and . pictures of 2/);
      assert.deepEqual(await masterKey({ dataDir: at(into) }), await masterKey({ dataDir }));
      for (const [name, mode] of [
        ['', 0o700],
        ['secret.key', 0o600],
        ['ogplus.sqlite', 0o600],
      ] as const) {
        assert.equal((await stat(join(at(into), name))).mode & 0o777, mode, name);
      }
      await using restored = await openStore(at(into));
      const [website] = await restored.websites.list();
      assert.ok(website);
      assert.deepEqual(website, (await store.websites.list())[0]);
      const { picture, bytes } = drawn(website, '/a');
      assert.ok(await restored.cards.find(cardId(website, '/a')));
      assert.deepEqual(await restored.pictures.read(picture), pictures ? bytes : undefined);
    }
  });

  it('replaces no file without a word', async () => {
    const before = await readFile(at('plain.tar'));
    const asked = await backup('plain.tar');
    assert.deepEqual([asked.code, /No backup was made.*--yes/.test(asked.stderr)], [1, true]);
    assert.deepEqual(await readFile(at('plain.tar')), before);
    assert.equal((await backup('plain.tar', '--yes')).code, 0);
  });

  it('refuses, before any work, a place where it cannot be written', async () => {
    const { code, stderr } = await backup('nowhere/backup.tar');
    assert.deepEqual([code, /there is no folder/.test(stderr)], [2, true]);
  });
});

describe('a restore', () => {
  const filled = async (name: string) => {
    const path = await makeDataFolder(at(name));
    await using other = await openStore(path);
    await makeWebsite(other, 'another');
    return path;
  };
  const originsIn = async (path: string) => {
    await using opened = await openStore(path);
    return (await opened.websites.list()).map(({ origin }) => origin);
  };

  it('replaces nothing without a word, and then sets aside what was there', async () => {
    const path = await filled('filled');
    const asked = await restore('whole.tar', 'filled');
    assert.deepEqual([asked.code, /Nothing was restored.*--yes/.test(asked.stderr)], [1, true]);
    assert.deepEqual(await originsIn(path), ['https://another.example']);
    const { code, stdout } = await restore('whole.tar', 'filled', '--yes');
    assert.equal(code, 0);
    assert.deepEqual(await originsIn(path), ['https://site.example']);
    const [, before = ''] = /before is in (\S+)\. /.exec(stdout) ?? [];
    assert.deepEqual(await originsIn(before), ['https://another.example']);
  });

  it('leaves alone a folder whose service runs', async () => {
    const { code, stderr } = await restore('whole.tar', 'data', '--yes');
    assert.deepEqual([code, /A service runs on .*Stop it/.test(stderr)], [1, true]);
    assert.equal((await store.websites.list()).length, 1);
  });

  it('takes nothing that is damaged, cut off, of another program or of a newer version', async () => {
    const whole = await readFile(at('whole.tar'));
    const changed = Buffer.from(whole);
    changed.writeUInt8(changed.readUInt8(20_000) ^ 1, 20_000);
    await writeFile(at('changed.tar'), changed);
    await writeFile(at('cut.tar'), whole);
    await truncate(at('cut.tar'), whole.length - 3000);
    await writeFile(at('other.tar'), 'x'.repeat(5000));
    for (const [file, says] of [
      ['changed.tar', /is damaged/],
      ['cut.tar', /is not whole|cannot be read/],
      ['other.tar', /is not a backup/],
      ['missing.tar', /cannot be read/],
    ] as const) {
      const { code, stderr } = await restore(file, 'untouched');
      assert.equal(code, 1, file);
      assert.match(stderr, says);
      assert.doesNotMatch(stderr, /\n {4}at /);
    }
    await assert.rejects(access(at('untouched')));

    await makeDataFolder(at('newer'));
    const db = new DatabaseSync(join(at('newer'), 'ogplus.sqlite'));
    db.exec('PRAGMA user_version = 1000');
    db.close();
    const { code, stderr } = await ogplus(['backup', at('newer.tar')], { ...env, OGPLUS_DATA_DIR: at('newer') });
    assert.deepEqual([code, /made by a newer version/.test(stderr)], [1, true]);
  });
});

describe('a picture that was evicted', () => {
  it('is left out of the backup', async () => {
    const website = (await store.websites.list())[0];
    assert.ok(website);
    const { picture } = await draw(store, website, '/evicted', { bytes: bytesOf('evicted') });
    await rm(join(dataDir, 'pictures', picture.hash.slice(0, 2), picture.hash));
    assert.match((await backup('evicted.tar', '--pictures')).stdout, /3 cards, 2 pictures/);
  });
});
