import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, opendir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Picture } from '../store.ts';

// A picture is written moments before its record: younger than this it may be on its way to one.
const settledAfterMs = 5 * 60_000;

/** Pictures as content-addressed files, `pictures/ab/abcdef…`: written once, whole, and never changed. */
export class PictureFiles {
  readonly #root: string;

  constructor(dataDir: string) {
    this.#root = join(dataDir, 'pictures');
  }

  /** Puts the bytes on disk, synced, before it resolves. The same picture twice is one file. */
  async write(picture: Picture, bytes: Uint8Array): Promise<void> {
    const path = this.#path(picture.hash);
    if (await this.#touch(path, picture.size)) return;
    await mkdir(join(path, '..'), { recursive: true });
    const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  }

  /** The bytes; undefined where the file is missing or not what its name says. */
  async read(picture: Picture): Promise<Buffer | undefined> {
    try {
      const bytes = await readFile(this.#path(picture.hash));
      const whole = bytes.length === picture.size && sha256(bytes) === picture.hash;
      return whole ? bytes : undefined;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** Removes files that nothing points at, and drafts that a crash left. Gives how many. */
  async sweep(now: number, isKept: (hash: string) => boolean): Promise<number> {
    let removed = 0;
    for await (const folder of entries(this.#root)) {
      for await (const name of entries(join(this.#root, folder))) {
        const path = join(this.#root, folder, name);
        if (isKept(name)) continue;
        const found = await stat(path).catch(() => undefined);
        if (found === undefined || now - found.mtimeMs < settledAfterMs || isKept(name)) continue;
        await rm(path, { force: true });
        removed++;
      }
    }
    return removed;
  }

  /** Marks an existing file as young, so that a sweep that runs now leaves it. */
  async #touch(path: string, size: number): Promise<boolean> {
    try {
      const now = new Date();
      await utimes(path, now, now);
      return (await stat(path)).size === size;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
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

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
