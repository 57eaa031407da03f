import type { Protocol } from 'devtools-protocol';
import { startTimeout } from '../../model/timeout.ts';
import { milliseconds } from '../../model/units.ts';
import type { SessionEvents } from '../browser/cdp/cdp.ts';

// Requests that a page may be waiting for. Beacons and media show nothing new.
const awaited = new Set<Protocol.Network.ResourceType>([
  'Document',
  'EventSource',
  'Fetch',
  'Font',
  'Image',
  'Script',
  'Stylesheet',
  'XHR',
]);

// Without these a page may have nothing to show; nobody reads more than a few failures.
const shaping = new Set<Protocol.Network.ResourceType>(['Fetch', 'Script', 'Stylesheet', 'XHR']);
const mostFailed = 3;
const longestUrl = 200;

// A script may never read a response, and then the browser never reports its end; streams never end at all. Data that a page
// waits for arrives in quick succession once its response has begun.
const streams = new Set<Protocol.Network.ResourceType>(['EventSource', 'Fetch', 'WebSocket']);
const silence = milliseconds(250);

// Lists that are loaded part by part need fewer; and no page shows more addresses.
const mostRepeats = 10;
const mostAddresses = 1000;

/** A request without an end yet. */
export interface OpenRequest {
  readonly url: string;
  readonly type: Protocol.Network.ResourceType;
  readonly frameId: string | undefined;
  /** Whether the page asks for it again and again: its answer is not what completes the page. */
  readonly isRepeated: boolean;
}

interface Open extends OpenRequest {
  /** For a stream whose response has begun: ends the wait for more of it. */
  silence?: Disposable;
}

/** A page's requests: which are open, and which loaded code. */
export class Traffic {
  /** By request id. */
  readonly #open = new Map<string, Open>();
  /** How often each address was asked for, without its query. */
  readonly #asked = new Map<string, number>();
  /** Ids of the requests for script and style files. */
  readonly code = new Set<string>();
  /** Failed requests that shape the page, oldest first. */
  readonly failed: string[] = [];
  #started = 0;
  #limit = Number.POSITIVE_INFINITY;
  #onLimit = (): void => {};
  #onQuiet = Promise.withResolvers<void>();

  constructor(page: SessionEvents) {
    page.on('Network.requestWillBeSent', ({ requestId, loaderId, type, request, frameId }) => {
      if (++this.#started === this.#limit + 1) this.#onLimit();
      // A worker's own script belongs to no document, and its end is reported to the worker.
      if (type === undefined || loaderId === '') return;
      if (type === 'Script' || type === 'Stylesheet') this.code.add(requestId);
      if (!awaited.has(type) || /^(data|blob):/.test(request.url)) return;
      this.#open.set(requestId, { url: request.url, type, frameId, isRepeated: this.#isRepeated(request.url) });
    });
    page.on('Network.responseReceived', ({ requestId, response: { status } }) => {
      if (status >= 400) this.#fail(requestId, String(status));
      this.#noteActivity(requestId);
    });
    page.on('Network.dataReceived', ({ requestId }) => this.#noteActivity(requestId));
    page.on('Network.webSocketCreated', ({ requestId, url }) => {
      this.#open.set(requestId, { url, type: 'WebSocket', frameId: undefined, isRepeated: this.#isRepeated(url) });
    });
    page.on('Network.webSocketHandshakeResponseReceived', ({ requestId }) => this.#noteActivity(requestId));
    page.on('Network.webSocketFrameReceived', ({ requestId }) => this.#noteActivity(requestId));
    page.on('Network.webSocketClosed', ({ requestId }) => this.#end(requestId));
    page.on('Network.loadingFinished', ({ requestId }) => this.#end(requestId));
    page.on('Network.loadingFailed', ({ requestId, errorText, canceled }) => {
      if (canceled !== true) this.#fail(requestId, errorText);
      this.#end(requestId);
    });
  }

  /** Calls the listener once when the page makes more requests than this. */
  onMoreThan(limit: number, listener: () => void): void {
    this.#limit = limit;
    this.#onLimit = listener;
  }

  get isQuiet(): boolean {
    return this.#open.size === 0;
  }

  /** Open requests that are waited for. */
  get open(): readonly OpenRequest[] {
    return [...this.#open.values()];
  }

  /** Stops waiting for the requests that are open now. */
  cut(): void {
    for (const requestId of [...this.#open.keys()]) this.#end(requestId);
  }

  /** Resolves when no request is open. */
  async quiet(): Promise<void> {
    if (!this.isQuiet) await this.#onQuiet.promise;
  }

  #isRepeated(url: string): boolean {
    const address = url.split('?', 1)[0] ?? url;
    const times = (this.#asked.get(address) ?? 0) + 1;
    if (times > 1 || this.#asked.size < mostAddresses) this.#asked.set(address, times);
    return times > mostRepeats;
  }

  #fail(requestId: string, why: string): void {
    const open = this.#open.get(requestId);
    if (open === undefined || !shaping.has(open.type) || this.failed.length >= mostFailed) return;
    this.failed.push(`${open.url.slice(0, longestUrl)} (${why})`);
  }

  #noteActivity(requestId: string): void {
    const open = this.#open.get(requestId);
    if (open === undefined || !streams.has(open.type)) return;
    open.silence?.[Symbol.dispose]();
    open.silence = startTimeout(silence, () => this.#end(requestId));
  }

  #end(requestId: string): void {
    this.#open.get(requestId)?.silence?.[Symbol.dispose]();
    if (!this.#open.delete(requestId) || !this.isQuiet) return;
    this.#onQuiet.resolve();
    this.#onQuiet = Promise.withResolvers();
  }
}
