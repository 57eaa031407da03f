import { LRUCache } from 'lru-cache';
import type { Consumer } from '../../model/consumers.ts';
import type { ReadDocument } from '../../model/document.ts';
import type { HeaderLines } from '../../model/policy.ts';
import type { Website } from '../../model/website.ts';
import { prepareDocument } from '../../render/document/prepare-document.ts';
import type { Renderer, Rendering } from '../../render/renderer.ts';
import { probeCard } from './probe-page.ts';

export interface ProbePicturesOptions {
  readonly renderer: Renderer;
  readonly read: (bytes: Buffer, headers: HeaderLines, partition: string) => Promise<ReadDocument | undefined>;
}

// Some 100 kB each.
const mostKept = 100;
const headers: HeaderLines = [['content-type', 'text/html; charset=utf-8']];

/** The pictures of probes: drawn as each network's cards are, so that a probe shows what the network takes. */
export class ProbePictures {
  readonly #options: ProbePicturesOptions;
  readonly #drawn = new LRUCache<string, Promise<Rendering>>({ max: mostKept });

  constructor(options: ProbePicturesOptions) {
    this.#options = options;
  }

  /** @throws {Problem} as `Renderer.render`. */
  of(website: Website, consumer: Consumer): Promise<Rendering> {
    const key = `${website.origin}\n${consumer.name}`;
    const known = this.#drawn.get(key);
    if (known !== undefined) return known;
    const drawing = this.#draw(website, consumer);
    this.#drawn.set(key, drawing);
    drawing.catch(() => this.#drawn.delete(key)); // drawn anew for the next one
    return drawing;
  }

  async #draw(website: Website, { spec }: Consumer): Promise<Rendering> {
    const { renderer, read } = this.#options;
    const partition = 'probes';
    const bytes = Buffer.from(probeCard(website));
    const found = await read(bytes, headers, partition);
    if (found === undefined) throw new Error('The card of the probe could not be read.');
    const document = prepareDocument({ url: `${website.origin}/`, status: 200, headers, ...found }, spec, {});
    return renderer.render({ document, partition });
  }
}
