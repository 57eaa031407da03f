import type { Protocol } from 'devtools-protocol';
import type { Milliseconds } from '../units.ts';
import type { Page } from './page.ts';

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

/** The requests of a page: what is under way, and what brought code. */
export class Traffic {
  readonly #open = new Set<string>();
  /** Ids of the requests for script and style files. */
  readonly code = new Set<string>();
  #onQuiet = Promise.withResolvers<void>();

  constructor(page: Pick<Page, 'on'>) {
    page.on('Network.requestWillBeSent', ({ requestId, type, request }) => {
      if (type === 'Script' || type === 'Stylesheet') this.code.add(requestId);
      if (type !== undefined && awaited.has(type) && !request.url.startsWith('data:')) this.#open.add(requestId);
    });
    page.on('Network.loadingFinished', ({ requestId }) => this.#end(requestId));
    page.on('Network.loadingFailed', ({ requestId }) => this.#end(requestId));
  }

  get isQuiet(): boolean {
    return this.#open.size === 0;
  }

  /** Resolves when nothing is under way, or after `patience`. */
  async quiet(patience: Milliseconds): Promise<void> {
    if (this.isQuiet || patience <= 0) return;
    const over = Promise.withResolvers<void>();
    const timer = setTimeout(over.resolve, patience);
    await Promise.race([this.#onQuiet.promise, over.promise]);
    clearTimeout(timer);
  }

  #end(requestId: string): void {
    if (!this.#open.delete(requestId) || !this.isQuiet) return;
    this.#onQuiet.resolve();
    this.#onQuiet = Promise.withResolvers();
  }
}
