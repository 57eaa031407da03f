import type { Protocol } from 'devtools-protocol';
import { milliseconds } from '../../model/units.ts';
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

// Without these a page may have nothing to show; of more than a few failures nobody reads.
const shaping = new Set<Protocol.Network.ResourceType>(['Fetch', 'Script', 'Stylesheet', 'XHR']);
const mostFailed = 3;
const longestUrl = 200;

// A script may fetch what it never reads, and then the browser never says that it has ended; a stream of news never ends
// at all. Data that a page waits for come faster one after the other, once the answer has begun.
const silence = milliseconds(250);

/** A request that is under way. */
export interface OpenRequest {
  readonly url: string;
  readonly type: Protocol.Network.ResourceType;
  readonly frameId: string | undefined;
}

interface Open extends OpenRequest {
  /** Of a fetch whose answer has begun: ends the wait for more of it. */
  silence?: NodeJS.Timeout;
}

/** The requests of a page: what is under way, and what brought code. */
export class Traffic {
  /** By request id. */
  readonly #open = new Map<string, Open>();
  /** Ids of the requests for script and style files. */
  readonly code = new Set<string>();
  /** What did not come of what a page shows itself with, the first of it first. */
  readonly failed: string[] = [];
  #started = 0;
  #limit = Number.POSITIVE_INFINITY;
  #onLimit = (): void => {};
  #onQuiet = Promise.withResolvers<void>();

  constructor(page: SessionEvents) {
    page.on('Network.requestWillBeSent', ({ requestId, loaderId, type, request, frameId }) => {
      if (++this.#started === this.#limit + 1) this.#onLimit();
      // A worker's own script belongs to no document, and its end is told to the worker.
      if (type === undefined || loaderId === '') return;
      if (type === 'Script' || type === 'Stylesheet') this.code.add(requestId);
      if (!awaited.has(type) || /^(data|blob):/.test(request.url)) return;
      this.#open.set(requestId, { url: request.url, type, frameId });
    });
    page.on('Network.responseReceived', ({ requestId, response: { status } }) => {
      if (status >= 400) this.#fail(requestId, String(status));
      this.#heard(requestId);
    });
    page.on('Network.dataReceived', ({ requestId }) => this.#heard(requestId));
    page.on('Network.loadingFinished', ({ requestId }) => this.#end(requestId));
    page.on('Network.loadingFailed', ({ requestId, errorText, canceled }) => {
      if (canceled !== true) this.#fail(requestId, errorText);
      this.#end(requestId);
    });
  }

  /** Tells, once, when the page asks for more than so many things. */
  onMoreThan(limit: number, told: () => void): void {
    this.#limit = limit;
    this.#onLimit = told;
  }

  get isQuiet(): boolean {
    return this.#open.size === 0;
  }

  /** What is under way and waited for. */
  get open(): readonly OpenRequest[] {
    return [...this.#open.values()];
  }

  /** Waits for nothing any more that is under way now. */
  cut(): void {
    for (const requestId of [...this.#open.keys()]) this.#end(requestId);
  }

  /** Resolves when nothing is under way. */
  async quiet(): Promise<void> {
    if (!this.isQuiet) await this.#onQuiet.promise;
  }

  #fail(requestId: string, why: string): void {
    const open = this.#open.get(requestId);
    if (open === undefined || !shaping.has(open.type) || this.failed.length >= mostFailed) return;
    this.failed.push(`${open.url.slice(0, longestUrl)} (${why})`);
  }

  #heard(requestId: string): void {
    const open = this.#open.get(requestId);
    if (open?.type !== 'Fetch') return;
    clearTimeout(open.silence);
    open.silence = setTimeout(() => this.#end(requestId), silence);
  }

  #end(requestId: string): void {
    clearTimeout(this.#open.get(requestId)?.silence);
    if (!this.#open.delete(requestId) || !this.isQuiet) return;
    this.#onQuiet.resolve();
    this.#onQuiet = Promise.withResolvers();
  }
}
