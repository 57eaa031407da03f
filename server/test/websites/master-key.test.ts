import assert from 'node:assert/strict';
import { link, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openStore } from '../../src/store/open-store.ts';
import { ensureMasterKey, masterKey } from '../../src/websites/master-key.ts';
import { makeWebsite } from '../store/contract/samples.ts';
import { dataFolder } from '../store/harness-sqlite.ts';

/** As file systems say it that have no second names for a file: exFAT, some network shares. */
const noLinks: typeof link = async () => {
  throw Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' });
};

describe('the master key', () => {
  for (const [how, linkFile] of [
    ['', link],
    [', on a file system without hard links', noLinks],
  ] as const) {
    it(`is made once, for all who start at once${how}`, async () => {
      await using folder = await dataFolder();
      await using store = await openStore(folder.path);
      const starts = Array.from({ length: 20 }, () => ensureMasterKey({ dataDir: folder.path }, store, linkFile));
      const keys = await Promise.all(starts);
      const kept = await readFile(join(folder.path, 'secret.key'));
      assert.equal(kept.length, 32);
      for (const key of keys) assert.ok(key.equals(kept));
      assert.ok((await masterKey({ dataDir: folder.path })).equals(kept));
      assert.equal((await stat(join(folder.path, 'secret.key'))).mode & 0o777, 0o600);
      const drafts = (await readdir(folder.path)).filter((name) => name.startsWith('secret.key.'));
      assert.deepEqual(drafts, []);
    });
  }

  it('is not made anew while websites have keys that were made with it', async () => {
    await using folder = await dataFolder();
    await using store = await openStore(folder.path);
    const key = await ensureMasterKey({ dataDir: folder.path }, store);
    await makeWebsite(store);
    const path = join(folder.path, 'secret.key');
    await rm(path);
    await assert.rejects(ensureMasterKey({ dataDir: folder.path }, store), {
      message: new RegExp(`${path} is missing.*backup.*> ${path}`),
    });
    await assert.rejects(stat(path), { code: 'ENOENT' });
    await writeFile(path, key);
    assert.ok((await ensureMasterKey({ dataDir: folder.path }, store)).equals(key));
  });

  it('is told from another one, once websites have keys that were made with it', async () => {
    await using folder = await dataFolder();
    await using store = await openStore(folder.path);
    const place = { dataDir: folder.path, masterKey: Buffer.alloc(32, 'one') };
    await ensureMasterKey(place, store);
    await ensureMasterKey({ ...place, masterKey: Buffer.alloc(32, 'two') }, store);
    await makeWebsite(store);
    await ensureMasterKey({ ...place, masterKey: Buffer.alloc(32, 'two') }, store);
    await assert.rejects(ensureMasterKey(place, store), /^Error: OGPLUS_MASTER_KEY is not the master key/);
  });

  it('is made anew while nothing was made with it', async () => {
    await using folder = await dataFolder();
    await using store = await openStore(folder.path);
    const first = await ensureMasterKey({ dataDir: folder.path }, store);
    await rm(join(folder.path, 'secret.key'));
    assert.ok(!(await ensureMasterKey({ dataDir: folder.path }, store)).equals(first));
  });

  it('that is damaged is left alone', async () => {
    await using folder = await dataFolder();
    await using store = await openStore(folder.path);
    const path = join(folder.path, 'secret.key');
    await writeFile(path, 'short');
    await assert.rejects(ensureMasterKey({ dataDir: folder.path }, store), {
      message: new RegExp(`${path} is damaged`),
    });
    assert.equal(await readFile(path, 'utf8'), 'short');
  });
});
