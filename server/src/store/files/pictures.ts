import { createHash, randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, open, opendir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Picture } from '../../model/picture.ts';
import type { Pictures } from '../ports/pictures.ts';
import { asStoreFault } from './faults.ts';

// A picture is written moments before its record: younger than this it may be on its way to one.
const settledAfterMs = 5 * 60_000;

/** Pictures as content-addressed files, `pictures/ab/abcdef…`: written once, whole, and never changed. */
export class PictureFiles implements Pictures {
  readonly #root: string;

  constructor(dataDir: string) {
    this.#root = join(dataDir, 'pictures');
  }

  /** Puts the bytes on disk, synced, before it resolves. The same picture twice is one file. */
  async write(picture: Picture, bytes: Uint8Array): Promise<void> {
    const path = this.#path(picture.hash);
    if (await this.#isWhole(path, picture)) return;
    const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
    try {
      await writeSynced(draft, bytes).catch(async (error) => {
        unless('ENOENT')(error);
        // Only the last folder: a data folder that was taken away is not made anew behind its owner's back.
        await mkdir(dirname(path), { mode: 0o700 }).catch(unless('EEXIST'));
        await writeSynced(draft, bytes);
      });
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => {}); // what failed before says why; the sweep takes what stays
      throw asStoreFault(error);
    }
  }

  /** The bytes; undefined where the file is missing or not what its name says. */
  async read(picture: Picture): Promise<Buffer | undefined> {
    try {
      const bytes = await readFile(this.#path(picture.hash));
      const whole = bytes.length === picture.size && sha256(bytes) === picture.hash;
      return whole ? bytes : undefined;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw asStoreFault(error);
    }
  }

  /** Whether the file is there now. Synchronous: asked inside the transaction that writes its record. */
  has(picture: Picture): boolean {
    return existsSync(this.#path(picture.hash));
  }

  /**
   * Finds files that nothing may point at: old enough, and without a record as far as `isKept` knows.
   * @param remove is given each one's hash and the way to delete it, to be called where the record is ruled out.
   */
  async sweep(now: number, isKept: (hash: string) => boolean, remove: (hash: string, unlink: () => void) => boolean) {
    let removed = 0;
    for await (const folder of entries(this.#root)) {
      for await (const name of entries(join(this.#root, folder))) {
        if (isKept(name)) continue;
        const path = join(this.#root, folder, name);
        const found = await stat(path).catch(() => undefined);
        if (found === undefined || now - found.mtimeMs < settledAfterMs) continue;
        if (remove(name, () => rmSync(path, { force: true }))) removed++;
      }
    }
    return removed;
  }

  /** The same picture is there already: made young, so that a sweep that runs now leaves it. A damaged one does not count. */
  async #isWhole(path: string, picture: Picture): Promise<boolean> {
    if ((await this.read(picture)) === undefined) return false;
    const now = new Date();
    return utimes(path, now, now).then(
      () => true,
      () => false, // swept in this moment
    );
  }

  #path(hash: string): string {
    return join(this.#root, hash.slice(0, 2), hash);
  }
}

async function* entries(folder: string): AsyncGenerator<string> {
  try {
    for await (const entry of await opendir(folder)) yield entry.name;
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.datasync();
  } finally {
    await file.close();
  }
}

function unless(code: string): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof Error && 'code' in error && error.code === code)) throw error;
  };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
