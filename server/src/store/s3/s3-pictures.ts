import type { Picture } from '../../model/picture.ts';
import { pictureHash } from '../../model/picture-hash.ts';
import { StoreUnreachable } from '../../model/store-unreachable.ts';
import { epochMs } from '../../model/units.ts';
import type { PictureStorage, StoredPicture } from '../ports/pictures.ts';
import { readListing, S3Refusal } from './s3-answer.ts';
import type { Patience, S3Client } from './s3-client.ts';

// A crawler waits some three seconds, and drawing a card anew takes part of them.
const forReading: Patience = { attempts: 2, attemptMs: 1000 };
// In the background of the answer.
const forWriting: Patience = { attempts: 3, attemptMs: 8000 };
const forChecking: Patience = { attempts: 1, attemptMs: 2000 };
// After a storage did not answer, cards are drawn anew at once for this long.
const awayMs = 2000;

/** Pictures as content-addressed objects of a bucket, `pictures/ab/abcdef…`. */
export class S3Pictures implements PictureStorage {
  readonly #client: S3Client;
  #awayUntil = 0;

  constructor(client: S3Client) {
    this.#client = client;
  }

  async read(picture: Picture): Promise<Buffer | undefined> {
    if (performance.now() < this.#awayUntil) throw new StoreUnreachable('storage');
    const answer = await this.#client.ask({ method: 'GET', key: keyOf(picture.hash) }, forReading).catch((error) => {
      this.#awayUntil = performance.now() + awayMs;
      throw error;
    });
    const { status, body } = answer;
    if (status === 200) {
      const isWhole = body.length === picture.size && pictureHash(body) === picture.hash;
      return isWhole ? body : undefined;
    }
    const refusal = new S3Refusal(answer);
    if (status === 404 && refusal.code !== 'NoSuchBucket') return undefined;
    throw new StoreUnreachable('storage', refusal);
  }

  /** Always sends the bytes: the object then counts as new, and a sweep leaves it. */
  async write({ hash, type }: Picture, bytes: Uint8Array): Promise<void> {
    await this.#client.demand({ method: 'PUT', key: keyOf(hash), body: bytes, type, sha256: hash }, forWriting);
    this.#awayUntil = 0;
  }

  async *entries(): AsyncGenerator<StoredPicture> {
    const { prefix } = this.#client.address;
    for (let next: string | undefined = ''; next !== undefined; ) {
      const query = {
        'list-type': '2',
        prefix: `${prefix}${folder}`,
        ...(next !== '' && { 'continuation-token': next }),
      };
      const listing = readListing((await this.#client.demand({ method: 'GET', key: '', query }, forWriting)).body);
      for (const { key, size, writtenAt } of listing.objects) {
        const hash = key.slice(key.lastIndexOf('/') + 1);
        // Others' objects are left alone.
        if (key === prefix + keyOf(hash) && /^[\da-f]{64}$/.test(hash))
          yield { hash, size, writtenAt: epochMs(writtenAt) };
      }
      next = listing.next;
    }
  }

  async remove(hash: string): Promise<void> {
    const answer = await this.#client.ask({ method: 'DELETE', key: keyOf(hash) }, forWriting);
    if (answer.status < 300 || answer.status === 404) return;
    throw new StoreUnreachable('storage', new S3Refusal(answer));
  }

  async check(): Promise<void> {
    const query = { 'list-type': '2', 'max-keys': '1', prefix: this.#client.address.prefix + folder };
    await this.#client.demand({ method: 'GET', key: '', query }, forChecking);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#client[Symbol.asyncDispose]();
  }
}

const folder = 'pictures/';

function keyOf(hash: string): string {
  return `${folder}${hash.slice(0, 2)}/${hash}`;
}
