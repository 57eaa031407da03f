import { LRUCache } from 'lru-cache';
import type { Consumer } from '../../model/consumers.ts';
import type { Website } from '../../model/website.ts';
import { drawOwnDocument, type OwnDocumentOptions } from '../../render/own-document.ts';
import type { Rendering } from '../../render/renderer.ts';
import { probeCard } from './probe-page.ts';

// Some 100 kB each.
const mostKept = 100;

/** The pictures of probes: drawn as each network's cards are, so that a probe shows what the network takes. */
export class ProbePictures {
  readonly #options: OwnDocumentOptions;
  readonly #drawn = new LRUCache<string, Promise<Rendering>>({ max: mostKept });

  constructor(options: OwnDocumentOptions) {
    this.#options = options;
  }

  /** @throws {Problem} as `Renderer.render`. */
  of(website: Website, consumer: Consumer): Promise<Rendering> {
    const key = `${website.origin}\n${consumer.name}`;
    const known = this.#drawn.get(key);
    if (known !== undefined) return known;
    const { origin } = website;
    const drawing = drawOwnDocument(this.#options, probeCard(website), `${origin}/`, consumer.spec, 'probes');
    this.#drawn.set(key, drawing);
    drawing.catch(() => this.#drawn.delete(key)); // drawn anew for the next one
    return drawing;
  }
}
