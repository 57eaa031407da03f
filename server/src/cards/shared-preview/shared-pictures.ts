import { LRUCache } from 'lru-cache';
import { SingleFlight } from '../../concurrency/single-flight.ts';
import { type Consumer, everyNetwork } from '../../model/consumers.ts';
import type { Picture } from '../../model/picture.ts';
import { Problem } from '../../model/problem.ts';
import type { Clock } from '../../model/units.ts';
import type { Target, Website } from '../../model/website.ts';
import type { Store } from '../../store/ports/store.ts';
import type { Cards } from '../cards.ts';
import { takeOne } from '../limits/quota-used-up.ts';
import { Rate } from '../limits/rate.ts';

export interface SharedPicturesOptions {
  readonly store: Store;
  readonly cards: Cards;
  readonly clock: Clock;
}

/** The page that a shared preview is of. */
export interface SharedTarget {
  /** Of the link: each has limits of its own. */
  readonly linkId: number;
  readonly website: Website;
  /** The purge version from before it was read. */
  readonly asOf: number;
  readonly target: Target;
}

export interface Drawn {
  readonly picture: Picture;
  readonly bytes: Buffer;
}

// A view needs thirteen where nothing is kept; a page that forbids keeping is drawn once a minute, however many look.
const drawingsPerMinute = 40;
const remembered = { maxSize: 16_000_000, ttl: 60_000 };

/**
 * The pictures of shared previews: those that are kept, also stale ones, since looking must cost the website nothing; where none is
 * kept, one that is drawn as a warm-up would draw it. Pictures that may not be kept are remembered for a minute, unless the
 * page is purged.
 */
export class SharedPictures {
  readonly #options: SharedPicturesOptions;
  readonly #rate = new Rate(drawingsPerMinute);
  readonly #flights = new SingleFlight<Drawn>();
  readonly #drawn: LRUCache<string, Drawn>;

  constructor(options: SharedPicturesOptions) {
    this.#options = options;
    this.#drawn = new LRUCache({
      ...remembered,
      perf: { now: () => options.clock.now() },
      ttlResolution: 0,
      sizeCalculation: ({ bytes }) => bytes.length + 1000,
    });
  }

  /** The picture that is there, without its bytes; undefined where it would have to be drawn. */
  async known(page: SharedTarget, consumer: Consumer): Promise<Picture | undefined> {
    return (await this.#kept(page, consumer)) ?? this.#drawn.get(await this.#key(page, consumer))?.picture;
  }

  /** @throws {Problem} as `Cards.warm`; `page-gone`; `too-many-requests`. */
  async of(page: SharedTarget, consumer: Consumer): Promise<Drawn> {
    const kept = await this.#kept(page, consumer);
    const bytes = kept && (await this.#options.store.pictures.read(kept));
    if (kept !== undefined && bytes !== undefined) return { picture: kept, bytes };
    const key = await this.#key(page, consumer);
    return this.#drawn.get(key) ?? this.#flights.run(key, () => this.#draw(page, consumer, key)).result;
  }

  async #kept({ website, target }: SharedTarget, consumer: Consumer): Promise<Picture | undefined> {
    const { name } = forWebsite(website, consumer);
    const id = { websiteId: website.id, target, consumer: name, variant: '' };
    const card = await this.#options.store.cards.find(id);
    return card?.outcome.kind === 'picture' ? card.outcome.picture : undefined;
  }

  async #draw(page: SharedTarget, consumer: Consumer, key: string): Promise<Drawn> {
    const { linkId, website, asOf, target } = page;
    this.#take(linkId);
    const wanted = { website, asOf, target, consumer: forWebsite(website, consumer), language: '' };
    const response = await this.#options.cards.warm({ ...wanted, client: () => `shared preview ${linkId}` });
    if (response === undefined) return this.#keptMeanwhile(page, consumer);
    const { card, bytes } = response;
    if (card.outcome.kind === 'gone') throw new Problem('page-gone', `The page answers ${card.outcome.status}.`);
    const drawn = { picture: card.outcome.picture, bytes };
    this.#drawn.set(key, drawn);
    return drawn;
  }

  /** Somebody else asked for it at the same time. */
  async #keptMeanwhile(page: SharedTarget, consumer: Consumer): Promise<Drawn> {
    const picture = await this.#kept(page, consumer);
    const bytes = picture && (await this.#options.store.pictures.read(picture));
    if (picture === undefined || bytes === undefined)
      throw new Problem('render-failed', 'The card could not be drawn.');
    return { picture, bytes };
  }

  /** What was drawn before a purge has another key than what is asked for after it. */
  async #key({ linkId, website, target }: SharedTarget, consumer: Consumer): Promise<string> {
    const { covering } = await this.#options.store.changes.purgeState(website.id, target);
    return `${linkId} ${covering} ${forWebsite(website, consumer).name}`;
  }

  #take(linkId: number): void {
    const message = `A shared preview may draw at most ${drawingsPerMinute} cards per minute.`;
    takeOne(this.#rate, String(linkId), this.#options.clock.now(), { policy: 'shared-preview', message });
  }
}

function forWebsite({ settings }: Website, consumer: Consumer): Consumer {
  return settings.oneCard ? everyNetwork : consumer;
}
