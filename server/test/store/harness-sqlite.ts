import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Kysely } from 'kysely';
import type { Picture } from '../../src/model/picture.ts';
import { openStore, type StoreOptions } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/ports/store.ts';
import { type Harness, MovableClock } from './contract/harness.ts';

/** A data folder of its own, removed with all that is in it. */
export async function dataFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'ogplus-store-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

export const openSqlite = async (options: StoreOptions = {}): Promise<Harness> => {
  const folder = await dataFolder();
  const clock = new MovableClock();
  let opened: Store[] = [];
  const openOne = async () => {
    const store = await openStore(folder.path, { clock, ...options });
    opened.push(store);
    return store;
  };
  const closeAll = async () => {
    for (const store of opened) await store[Symbol.asyncDispose]();
    opened = [];
  };
  return {
    store: await openOne(),
    clock,
    secondProcess: openOne,
    async makePerson(id) {
      const accounts = new Kysely<{ user: object }>({ dialect: opened[0]?.accounts.dialect ?? assert.fail() });
      const at = new Date().toISOString();
      const person = { id, name: id, email: `${id}@people.example`, emailVerified: 0, createdAt: at, updatedAt: at };
      await accounts.insertInto('user').values(person).execute();
    },
    async reopen() {
      await closeAll();
      return openOne();
    },
    async lose(picture) {
      await rm(await fileOf(folder.path, picture));
    },
    async damage(picture) {
      await flipOneBit(folder.path, picture);
    },
    pictures: () => hashesIn(folder.path),
    async manyChanges(website, count) {
      const [store] = opened;
      assert.ok(store !== undefined);
      for (let more = count; more > 1; more--) await store.changes.purge(website.id, { kind: 'website' });
      return store.changes.purge(website.id, { kind: 'website' });
    },
    async wake() {}, // whoever looks reads what is new
    async [Symbol.asyncDispose]() {
      await closeAll();
      await folder[Symbol.asyncDispose]();
    },
  };
};

/** Every file below `pictures/`, unfinished ones too. */
export async function pictureFiles(dataDir: string): Promise<string[]> {
  const entries = await readdir(join(dataDir, 'pictures'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

const hashOf = (path: string): string => basename(path).replace(/\.(jpg|png|webp)$/, '');

export async function hashesIn(dataDir: string): Promise<string[]> {
  return (await pictureFiles(dataDir)).map(hashOf).sort();
}

export async function flipOneBit(dataDir: string, picture: Picture): Promise<void> {
  const file = await fileOf(dataDir, picture);
  const bytes = await readFile(file);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  await writeFile(file, bytes);
}

export async function fileOf(dataDir: string, picture: Picture): Promise<string> {
  const file = (await pictureFiles(dataDir)).find((path) => hashOf(path) === picture.hash);
  if (file === undefined) throw new Error(`No file holds the picture ${picture.hash}.`);
  return file;
}
