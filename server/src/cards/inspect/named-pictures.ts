import { LRUCache } from 'lru-cache';
import sharp from 'sharp';
import { Queue } from '../../concurrency/queue.ts';
import { SingleFlight } from '../../concurrency/single-flight.ts';
import { Problem } from '../../model/problem.ts';
import { type Clock, type Milliseconds, milliseconds } from '../../model/units.ts';
import { readBody, skipBody } from '../../origin/body.ts';
import type { Requests } from '../../origin/requests.ts';
import { Rate } from '../limits/rate.ts';

export interface NamedPicturesOptions {
  readonly requests: Requests;
  readonly clock: Clock;
  readonly software: string;
}

// As large as the largest network takes.
const mostBytes = 8_000_000;
const mostPixels = 50_000_000;
// What networks show. Vector graphics are programs: a filter in a small one takes a core for minutes, which nothing can end.
const formats: readonly string[] = ['jpeg', 'png', 'webp', 'gif', 'heif'];
// The largest picture takes a second or two.
const drawSeconds = 10;
const width = 1200;
// A person looks at a few pages a minute.
const perMinute = 60;
// Some hundred pictures, for as long as somebody compares networks.
const memory = { maxSize: 16_000_000, ttl: 300_000 };
const timeout: Milliseconds = milliseconds(10_000);
const mostWaiting = 100;

/** Pictures that pages name in `og:image` and that are no cards of ours, as networks would fetch them. Nothing is stored. */
export class NamedPictures {
  readonly #options: NamedPicturesOptions;
  readonly #rate = new Rate(perMinute);
  readonly #known = new LRUCache<string, Buffer>({ ...memory, sizeCalculation: (bytes) => bytes.length + 1000 });
  readonly #flights = new SingleFlight<Buffer>();
  readonly #queue = new Queue(2, mostWaiting);

  constructor(options: NamedPicturesOptions) {
    this.#options = options;
  }

  /**
   * The picture as WebP, at most 1200 pixels wide.
   * @param caller who looks; limited per minute.
   * @throws {Problem} `address-refused`, `page-unsuitable`, `origin-failed`, `too-many-requests`, `queue-full`.
   */
  async of(url: URL, caller: string): Promise<Buffer> {
    const known = this.#known.get(url.href);
    if (known !== undefined) return known;
    const wait = this.#rate.take(caller, this.#options.clock.now());
    if (wait > 0) {
      const facts = { retryAfter: Math.ceil(wait / 1000) };
      throw new Problem('too-many-requests', `At most ${perMinute} pictures can be fetched per minute.`, facts);
    }
    const work = () => this.#queue.run(() => this.#fetch(url), { partition: caller });
    const bytes = await this.#flights.run(url.href, work).result;
    this.#known.set(url.href, bytes);
    return bytes;
  }

  async #fetch(url: URL): Promise<Buffer> {
    const { requests, software } = this.#options;
    const headers = { accept: 'image/*', 'user-agent': software };
    const request = {
      origin: url.origin,
      target: url.pathname + url.search,
      headers,
      bypassCaches: false,
      redirectHosts: [],
    };
    try {
      const { head, body } = await requests.follow(request, AbortSignal.timeout(timeout));
      if (head.status !== 200) {
        skipBody(body);
        throw new Problem('page-unsuitable', `The picture answers ${head.status}.`, { status: head.status });
      }
      const bytes = await readBody(body, head.headers, mostBytes);
      const picture = sharp(bytes, { limitInputPixels: mostPixels }).timeout({ seconds: drawSeconds }).rotate();
      if (!formats.includes((await picture.metadata()).format)) throw new Error('No network shows it.');
      return await picture.resize({ width, withoutEnlargement: true }).webp({ quality: 82 }).toBuffer();
    } catch (error) {
      if (error instanceof Problem) throw error;
      throw new Problem('page-unsuitable', 'There is no readable picture at this address.');
    }
  }
}
