import type { Protocol } from 'devtools-protocol';
import { resultWithin } from '../../concurrency/result-within.ts';
import { type Milliseconds, milliseconds } from '../../model/units.ts';
import type { SessionEvents } from '../browser/cdp.ts';

// What a page may still be waiting for to show itself. Streams, beacons and media never end, or show nothing new.
const awaited = new Set<Protocol.Network.ResourceType>([
  'Document',
  'Fetch',
  'Font',
  'Image',
  'Script',
  'Stylesheet',
  'XHR',
]);

// A script may fetch what it never reads, and then the browser never says that it has ended; a stream of news never ends
// at all. Data that a page waits for come faster one after the other, once the answer has begun.
const silence = milliseconds(250);

/** The requests of a page: what is under way, and what brought code. */
export class Traffic {
  /** By request id; for a fetch whose answer has begun, the timer that ends the wait for more of it. */
  readonly #open = new Map<string, NodeJS.Timeout | undefined>();
  readonly #fetches = new Set<string>();
  /** Ids of the requests for script and style files. */
  readonly code = new Set<string>();
  #started = 0;
  #limit = Number.POSITIVE_INFINITY;
  #onLimit = (): void => {};
  #onQuiet = Promise.withResolvers<void>();

  constructor(page: SessionEvents) {
    page.on('Network.requestWillBeSent', ({ requestId, loaderId, type, request }) => {
      if (++this.#started === this.#limit + 1) this.#onLimit();
      // A worker's own script belongs to no document, and its end is told to the worker.
      if (type === undefined || loaderId === '') return;
      if (type === 'Script' || type === 'Stylesheet') this.code.add(requestId);
      if (type === 'Fetch') this.#fetches.add(requestId);
      if (awaited.has(type) && !/^(data|blob):/.test(request.url)) this.#open.set(requestId, undefined);
    });
    page.on('Network.responseReceived', ({ requestId }) => this.#heard(requestId));
    page.on('Network.dataReceived', ({ requestId }) => this.#heard(requestId));
    page.on('Network.loadingFinished', ({ requestId }) => this.#end(requestId));
    page.on('Network.loadingFailed', ({ requestId }) => this.#end(requestId));
  }

  /** Tells, once, when the page asks for more than so many things. */
  onMoreThan(limit: number, told: () => void): void {
    this.#limit = limit;
    this.#onLimit = told;
  }

  get isQuiet(): boolean {
    return this.#open.size === 0;
  }

  /** Resolves when nothing is under way, or after `patience`. */
  async quiet(patience: Milliseconds): Promise<void> {
    if (this.isQuiet || patience <= 0) return;
    await resultWithin(patience, this.#onQuiet.promise);
  }

  #heard(requestId: string): void {
    if (!this.#fetches.has(requestId) || !this.#open.has(requestId)) return;
    clearTimeout(this.#open.get(requestId));
    this.#open.set(
      requestId,
      setTimeout(() => this.#end(requestId), silence),
    );
  }

  #end(requestId: string): void {
    clearTimeout(this.#open.get(requestId));
    if (!this.#open.delete(requestId) || !this.isQuiet) return;
    this.#onQuiet.resolve();
    this.#onQuiet = Promise.withResolvers();
  }
}
