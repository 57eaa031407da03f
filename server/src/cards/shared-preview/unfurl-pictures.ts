import { LRUCache } from 'lru-cache';
import sharp from 'sharp';
import { type Consumer, generic } from '../../model/consumers.ts';
import { Problem } from '../../model/problem.ts';
import { drawOwnDocument, type OwnDocumentOptions } from '../../render/own-document.ts';
import type { Rendering } from '../../render/renderer.ts';
import type { SharedPages } from './shared-pages.ts';
import type { Drawn, SharedPictures, SharedTarget } from './shared-pictures.ts';
import { unfurlCard } from './unfurl-card.ts';

export interface UnfurlPicturesOptions extends OwnDocumentOptions {
  readonly pictures: SharedPictures;
  readonly pages: SharedPages;
}

// Some 150 kB each.
const mostKept = 100;
const width = 1100;

/** The pictures that links of shared previews unfurl with: the page's card, as large as there is room, and whose it is. */
export class UnfurlPictures {
  readonly #options: UnfurlPicturesOptions;
  readonly #drawn = new LRUCache<string, Promise<Rendering>>({ max: mostKept });

  constructor(options: UnfurlPicturesOptions) {
    this.#options = options;
  }

  /** @throws {Problem} as `Renderer.render`. */
  async of(page: SharedTarget, consumer: Consumer): Promise<Rendering> {
    const card = await this.#card(page);
    const document = await this.#options.pages.document(page);
    const { host } = new URL(page.website.origin);
    const domain = host.replace(/^www\./, '');
    const title = document?.title ?? domain;
    const key = [page.linkId, consumer.name, card?.picture.hash, title].join('\n');
    const known = this.#drawn.get(key);
    if (known !== undefined) return known;
    const drawing = this.#draw({ title, domain }, card, page.website.origin, consumer);
    this.#drawn.set(key, drawing);
    drawing.catch(() => this.#drawn.delete(key)); // drawn anew for the next one
    return drawing;
  }

  async #draw(words: { title: string; domain: string }, card: Drawn | undefined, origin: string, { spec }: Consumer) {
    const small =
      card && (await sharp(card.bytes).resize({ width, withoutEnlargement: true }).webp({ quality: 82 }).toBuffer());
    const picture = small && `data:image/webp;base64,${small.toString('base64')}`;
    return drawOwnDocument(this.#options, unfurlCard({ ...words, picture }), `${origin}/`, spec, 'shared previews');
  }

  /** The generic card; none where the page cannot be drawn. */
  async #card(page: SharedTarget): Promise<Drawn | undefined> {
    try {
      return await this.#options.pictures.of(page, generic);
    } catch (error) {
      if (error instanceof Problem) return undefined;
      throw error;
    }
  }
}
