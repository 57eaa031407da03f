import { LRUCache } from 'lru-cache';
import sharp from 'sharp';
import { resultWithin } from '../../concurrency/result-within.ts';
import { type Consumer, consumerNamed } from '../../model/consumers.ts';
import { networkFrames } from '../../model/networks/network-frames.ts';
import type { Picture } from '../../model/picture.ts';
import { Problem } from '../../model/problem.ts';
import { type Clock, milliseconds } from '../../model/units.ts';
import type { Store } from '../../store/ports/store.ts';
import { addressOf, parsePageUrl } from '../../websites/parse.ts';
import type { Cards } from '../cards.ts';
import type { ReadImage } from '../inspect/named-image.ts';
import type { NamedPictures } from '../inspect/named-pictures.ts';
import { type PageFacts, pageFacts } from '../inspect/page-facts.ts';
import type { Preview } from '../inspect/preview.ts';
import { newestOf } from '../inspect/what-next.ts';
import type { SharedPictures, SharedTarget } from './shared-pictures.ts';
import type { SharedCard, SharedDocument, SharedPage } from './shown.ts';
import { hidden, withoutAddresses } from './without-addresses.ts';

export interface SharedPagesOptions {
  readonly store: Store;
  readonly cards: Cards;
  readonly preview: Preview;
  readonly pictures: SharedPictures;
  readonly namedPictures: NamedPictures;
  readonly readImage: ReadImage;
  readonly clock: Clock;
}

type Found = Picture | 'waiting' | 'failed' | 'gone';

/** Whose cards are shown: networks may share one. */
const shown = [...new Set(networkFrames.map(({ consumer }) => consumer))].flatMap((name) => consumerNamed(name) ?? []);
// A person waits this long for pictures that have to be drawn; those that take longer appear by themselves.
const patience = milliseconds(3000);
// Pages of which no tags are stored: those that forbid it are read once a minute, however many look.
const remembered = { max: 500, ttl: 60_000 };
// Of a picture that takes longer to come than it is waited for.
const usual = { width: 1200, height: 630 };

/** What shared previews show of their pages. */
export class SharedPages {
  readonly #options: SharedPagesOptions;
  readonly #looked: LRUCache<string, PageFacts>;

  constructor(options: SharedPagesOptions) {
    this.#options = options;
    this.#looked = new LRUCache({ ...remembered, perf: { now: () => options.clock.now() }, ttlResolution: 0 });
  }

  /**
   * Pictures that are not there are drawn, and waited for a while.
   * @param waits false for who reads no more than the head.
   */
  async of(page: SharedTarget, waits: boolean): Promise<Pick<SharedPage, 'cards' | 'document' | 'namedPicture'>> {
    const cards = await Promise.all(
      shown.map(async (consumer) => sharedCard(consumer, await this.#picture(page, consumer, waits))),
    );
    const [document, namedPicture] = await Promise.all([this.document(page), this.#namedSize(page, waits)]);
    return { cards, document, namedPicture };
  }

  /** What the page says; null where it cannot be read. */
  async document(page: SharedTarget): Promise<SharedDocument | null> {
    const facts = await this.#facts(page);
    if (facts === undefined) return null;
    const { readImage } = this.#options;
    const [title, description, image] = await Promise.all([
      facts.title && hidden(facts.title, readImage),
      facts.description && hidden(facts.description, readImage),
      facts.image && hidden(facts.image.url, readImage),
    ]);
    return {
      title,
      description,
      image: facts.image && { url: image ?? '', kind: facts.image.kind },
      tags: await withoutAddresses(facts.tags, readImage),
    };
  }

  /**
   * The picture of somebody else that the page names.
   * @throws {Problem} `not-found` where it names none; as `NamedPictures.of`.
   */
  async namedPicture(page: SharedTarget): Promise<Buffer> {
    const image = (await this.#facts(page))?.image;
    if (image?.kind !== 'other') throw new Problem('not-found', 'The page names no other picture.');
    return this.#options.namedPictures.of(new URL(image.url), `shared preview ${page.linkId}`);
  }

  async #namedSize(page: SharedTarget, waits: boolean): Promise<SharedPage['namedPicture']> {
    if (!waits) return usual;
    const measuring = this.namedPicture(page)
      .then((bytes) => sharp(bytes).metadata())
      .then(({ width, height }) => ({ size: { width, height } }));
    const measured = await resultWithin(patience, measuring.catch(noneIfRefused));
    return measured === undefined ? usual : measured.size;
  }

  async #picture(page: SharedTarget, consumer: Consumer, waits: boolean): Promise<Found> {
    const { pictures } = this.#options;
    const known = await pictures.known(page, consumer);
    if (known !== undefined) return known;
    if (!waits) return 'waiting';
    const drawing = pictures.of(page, consumer).then(
      ({ picture }) => picture,
      (error: unknown) => {
        if (!(error instanceof Problem)) throw error;
        return error.type === 'page-gone' ? ('gone' as const) : ('failed' as const);
      },
    );
    drawing.catch(() => {}); // whoever waits for it is told
    return (await resultWithin(patience, drawing)) ?? 'waiting';
  }

  async #facts(page: SharedTarget): Promise<PageFacts | undefined> {
    const { store, cards, readImage, preview } = this.#options;
    const { website, target, linkId } = page;
    await cards.writeDown();
    const { tags } = await store.activity.pageRecord(website.id, target);
    const address = addressOf(website, target);
    if (tags !== null) {
      const card = newestOf(await store.cards.ofPage(website.id, target));
      const seen = [address, ...(card === undefined ? [] : [parsePageUrl(card.head.url)])] as const;
      return pageFacts(tags, seen, readImage);
    }
    const { covering } = await store.changes.purgeState(website.id, target);
    const key = `${linkId} ${covering}`;
    const known = this.#looked.get(key);
    if (known !== undefined) return known;
    try {
      const { facts } = await preview.look(address, `shared preview ${linkId}`, website);
      this.#looked.set(key, facts);
      return facts;
    } catch (error) {
      if (error instanceof Problem) return undefined;
      throw error;
    }
  }
}

function sharedCard({ name, label, spec }: Consumer, picture: Found): SharedCard {
  const { width, height, scale, soft, max } = spec;
  const limits = { width: width * scale, height: height * scale, soft, max };
  if (typeof picture === 'string') return { consumer: name, label, picture, limits };
  const { hash: _, ...seen } = picture;
  return { consumer: name, label, picture: seen, limits };
}

function noneIfRefused(error: unknown): { readonly size: null } {
  if (error instanceof Problem) return { size: null };
  throw error;
}
