import type { Picture } from '../model/picture.ts';
import type { PictureFiles } from './files/pictures.ts';
import type { PictureStorage, StoredPicture } from './ports/pictures.ts';

// After a clean-up there is room for this share of new pictures.
const roomAfter = 0.1;

/** Pictures of a storage elsewhere, with those that this machine used last as files before it. */
export class CachedPictures implements PictureStorage {
  readonly #storage: PictureStorage;
  readonly #files: PictureFiles;
  readonly #mostBytes: number;
  /** Of all files when they were last counted. */
  #counted = Number.POSITIVE_INFINITY;
  /** Written since that count began. */
  #written = 0;
  #cleaning = false;
  readonly #running = new Set<Promise<void>>();

  /** @param mostBytes of files. Others may write to the same folder: it is only kept near this size. */
  constructor(storage: PictureStorage, files: PictureFiles, mostBytes: number) {
    this.#storage = storage;
    this.#files = files;
    this.#mostBytes = mostBytes;
  }

  async read(picture: Picture): Promise<Buffer | undefined> {
    const near = await this.#files.read(picture).catch(() => undefined);
    if (near !== undefined) {
      this.#inBackground(this.#files.touch(picture.hash));
      return near;
    }
    const bytes = await this.#storage.read(picture);
    if (bytes !== undefined) this.#inBackground(this.#put(picture, bytes));
    return bytes;
  }

  async write(picture: Picture, bytes: Uint8Array): Promise<void> {
    await this.#storage.write(picture, bytes);
    this.#inBackground(this.#put(picture, bytes));
  }

  entries(): AsyncIterable<StoredPicture> {
    return this.#storage.entries();
  }

  async remove(hash: string): Promise<void> {
    await this.#storage.remove(hash);
    await this.#files.remove(hash).catch(() => {}); // it is cleaned up later
  }

  check(): Promise<void> {
    return this.#storage.check();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#running);
    await this.#storage[Symbol.asyncDispose]();
  }

  async #put(picture: Picture, bytes: Uint8Array): Promise<void> {
    await this.#files.write(picture, bytes);
    this.#written += bytes.length;
    if (this.#isTooMuch) await this.#cleanUp();
  }

  get #isTooMuch(): boolean {
    return this.#counted + this.#written > this.#mostBytes;
  }

  /** Counts the files and removes those that were used longest ago, until there is room for what was written meanwhile too. */
  async #cleanUp(): Promise<void> {
    if (this.#cleaning) return;
    this.#cleaning = true;
    try {
      do await this.#makeRoom();
      while (this.#isTooMuch);
    } finally {
      this.#cleaning = false;
    }
  }

  async #makeRoom(): Promise<void> {
    this.#written = 0;
    const files: StoredPicture[] = [];
    for await (const file of this.#files.entries()) files.push(file);
    files.sort((a, b) => a.writtenAt - b.writtenAt);
    let bytes = files.reduce((sum, { size }) => sum + size, 0);
    const aim = bytes > this.#mostBytes ? this.#mostBytes * (1 - roomAfter) : bytes;
    for (const { hash, size } of files) {
      if (bytes <= aim) break;
      await this.#files.remove(hash);
      bytes -= size;
    }
    this.#counted = bytes;
  }

  /** A cache that fails, for example on a full disk, costs nothing but its use. */
  #inBackground(work: Promise<void>): void {
    const settled = work.catch(() => {});
    this.#running.add(settled);
    void settled.finally(() => this.#running.delete(settled));
  }
}
