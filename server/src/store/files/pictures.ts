import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, statSync } from 'node:fs';
import { access, constants, mkdir, open, opendir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Picture } from '../../model/picture.ts';
import { pictureHash } from '../../model/picture-hash.ts';
import { epochMs } from '../../model/units.ts';
import type { PictureStorage, StoredPicture } from '../ports/pictures.ts';
import { asStoreFault } from './faults.ts';

// A picture is written moments before its record: a younger one may still get its record.
const settledAfterMs = 5 * 60_000;

/** Pictures as content-addressed files, `pictures/ab/abcdef…`: written once, whole, and never changed. */
export class PictureFiles implements PictureStorage {
  readonly #root: string;

  constructor(dataDir: string) {
    this.#root = join(dataDir, 'pictures');
  }

  /** Resolves once the bytes are synced to disk. The same picture twice is one file. */
  async write(picture: Picture, bytes: Uint8Array): Promise<void> {
    const path = this.#path(picture.hash);
    if (await this.#isWhole(picture)) return;
    const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
    try {
      await writeSynced(draft, bytes).catch(async (error) => {
        unless('ENOENT')(error);
        // Only the last folder: a data folder that was removed must not be created again unnoticed.
        await mkdir(dirname(path), { mode: 0o700 }).catch(unless('EEXIST'));
        await writeSynced(draft, bytes);
      });
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => {}); // the first error says why; the sweep removes the rest
      throw asStoreFault(error);
    }
  }

  /** The bytes; undefined if the file is missing or does not match its hash. */
  async read(picture: Picture): Promise<Buffer | undefined> {
    try {
      const bytes = await readFile(this.#path(picture.hash));
      const whole = bytes.length === picture.size && pictureHash(bytes) === picture.hash;
      return whole ? bytes : undefined;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw asStoreFault(error);
    }
  }

  /** Whether the file exists now. Synchronous: asked inside the transaction that writes its record. */
  has(picture: Picture): boolean {
    return existsSync(this.#path(picture.hash));
  }

  /**
   * Finds files without a record: old enough, and not known to `isKept`. For records in the same process's SQLite.
   * @param remove gets each one's hash and a function to call once a record is ruled out: it deletes the file, unless it
   * was written again meanwhile, and returns whether it did.
   */
  async sweep(
    now: number,
    isKept: (hash: string) => boolean,
    remove: (hash: string, unlink: () => boolean) => boolean,
  ) {
    let removed = 0;
    for await (const { hash, writtenAt } of this.entries((name) => !isKept(name))) {
      if (now - writtenAt < settledAfterMs) continue;
      const unlink = () => {
        const found = statSync(this.#path(hash), { throwIfNoEntry: false });
        if (found === undefined || now - found.mtimeMs < settledAfterMs) return false;
        rmSync(this.#path(hash), { force: true });
        return true;
      };
      if (remove(hash, unlink)) removed++;
    }
    return removed;
  }

  /** @param wanted names of other files are passed over, before anything is read of them. */
  async *entries(wanted: (name: string) => boolean = () => true): AsyncGenerator<StoredPicture> {
    for await (const folder of namesIn(this.#root)) {
      for await (const name of namesIn(join(this.#root, folder))) {
        if (!wanted(name)) continue;
        const found = await stat(join(this.#root, folder, name)).catch(() => undefined);
        if (found !== undefined) yield { hash: name, size: found.size, writtenAt: epochMs(found.mtimeMs) };
      }
    }
  }

  async remove(hash: string): Promise<void> {
    await rm(this.#path(hash), { force: true }).catch((error) => {
      throw asStoreFault(error);
    });
  }

  /** The picture counts as written now. Rejects if it is missing. */
  async touch(hash: string): Promise<void> {
    const now = new Date();
    await utimes(this.#path(hash), now, now);
  }

  async check(): Promise<void> {
    await access(this.#root, constants.R_OK | constants.W_OK | constants.X_OK).catch((error) => {
      throw asStoreFault(error);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  /** Whether the picture exists undamaged. If so, touches it, so that a running sweep leaves it. */
  async #isWhole(picture: Picture): Promise<boolean> {
    if ((await this.read(picture)) === undefined) return false;
    return this.touch(picture.hash).then(
      () => true,
      () => false, // swept just now
    );
  }

  #path(hash: string): string {
    return join(this.#root, hash.slice(0, 2), hash);
  }
}

async function* namesIn(folder: string): AsyncGenerator<string> {
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

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
