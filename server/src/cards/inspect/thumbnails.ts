import { LRUCache } from 'lru-cache';
import sharp from 'sharp';
import { Queue } from '../../concurrency/queue.ts';
import { SingleFlight } from '../../concurrency/single-flight.ts';
import type { Picture } from '../../model/picture.ts';
import type { WebsiteId } from '../../model/website.ts';
import type { Store } from '../../store/ports/store.ts';

/** Device pixels: a row's picture, the same on a screen with two device pixels per CSS pixel, and a small one in a row. */
export const thumbnailWidths = [120, 240, 480] as const;

// Some thousand thumbnails: what a few people scroll through.
const mostBytes = 16_000_000;
// Memory per thumbnail besides its bytes: its key and two list entries.
const entryBytes = 300;
// Ten pages of the longest list; each takes some 10 ms.
const mostWaiting = 2000;

/** Kept pictures scaled down for lists; in memory only. Keyed by the hash of their picture, so they never go stale. */
export class Thumbnails {
  readonly #store: Store;
  readonly #made = new LRUCache<string, Buffer>({
    maxSize: mostBytes,
    sizeCalculation: (bytes) => bytes.length + entryBytes,
  });
  readonly #flights = new SingleFlight<Buffer | undefined>();
  /** One at a time: rendering cards needs the cores more. */
  readonly #queue = new Queue(1, mostWaiting);

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * The picture as WebP in this width in pixels; undefined where its bytes are lost.
   * @param website whose picture it is: websites take turns.
   * @throws {Problem} `queue-full`.
   */
  async of(picture: Picture, width: number, website: WebsiteId): Promise<Buffer | undefined> {
    const key = `${picture.hash} ${width}`;
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const work = () => this.#queue.run(() => this.#make(picture, width), { partition: String(website) });
    const bytes = await this.#flights.run(key, work).result;
    if (bytes !== undefined) this.#made.set(key, bytes);
    return bytes;
  }

  async #make(picture: Picture, width: number): Promise<Buffer | undefined> {
    const bytes = await this.#store.pictures.read(picture);
    if (bytes === undefined) return undefined;
    return sharp(bytes).resize({ width, withoutEnlargement: true }).webp({ quality: 80 }).toBuffer();
  }
}
