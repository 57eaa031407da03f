import type { StoredResponse } from '../../model/card.ts';
import type { EpochMs } from '../../model/units.ts';
import type { Target, WebsiteId } from '../../model/website.ts';
import {
  type CachedCard,
  cardName,
  type FailedFetch,
  type PageDocument,
  type UnfinishedRender,
} from './cached-card.ts';
import type { WebsitePurges } from './website-purges.ts';

/** Notified when a page's memory changes, so that all pages together stay within their bounds. */
export interface PageKeeper {
  weigh(page: PageState): void;
  release(page: PageState): void;
}

/** Work that several requests may wait for. */
interface Flight {
  readonly purgeVersion: number;
  readonly result: Promise<unknown>;
}

// Memory per record besides its picture or document: keys, headers, policy.
const recordBytes = 4096;
// The longest validity of failures and unfinished renders. If the clock is set back further, they are forgotten.
const longestMoment = 5 * 60_000;

/**
 * Everything remembered about one page, and all running work for it: its document, its cards, unfinished renders, the
 * last failure, and fetches and renders that requests may join.
 *
 * One rule holds for all of it. Each entry carries the purge version that was current before its work began, and is
 * void once a purge that covers the page has a larger one: it is not stored, found, joined or renewed. And an older
 * response never replaces a newer one.
 */
export class PageState implements Disposable {
  readonly websiteId: WebsiteId;
  readonly target: Target;
  /** When it was last checked while its card was fresh (`og:plus:cache:etag`). */
  lookedAt = 0 as EpochMs;
  readonly #website: WebsitePurges;
  readonly #keeper: PageKeeper;
  /** The version of the newest purge of just this page; 0 without one. */
  #purged = 0;
  #document: PageDocument | undefined;
  #failure: FailedFetch | undefined;
  readonly #cards = new Map<string, CachedCard>();
  readonly #unfinished = new Map<string, UnfinishedRender>();
  readonly #flights = new Map<string, Flight>();
  /** How many requests and running jobs use it. */
  #holders = 0;

  constructor(websiteId: WebsiteId, target: Target, website: WebsitePurges, keeper: PageKeeper) {
    this.websiteId = websiteId;
    this.target = target;
    this.#website = website;
    this.#keeper = keeper;
  }

  /** The rule: whether work that began at this purge version is void now. */
  isVoid(purgeVersion: number): boolean {
    return this.#purged > purgeVersion || this.#website.coversSince(this.target, purgeVersion);
  }

  /** This page was purged. */
  purge(version: number): void {
    this.#purged = Math.max(this.#purged, version);
  }

  get document(): PageDocument | undefined {
    if (this.#document !== undefined && this.isVoid(this.#document.purgeVersion)) this.forgetDocument();
    return this.#document;
  }

  card(name: string): CachedCard | undefined {
    const found = this.#cards.get(name);
    if (found === undefined || !this.isVoid(found.card.purgeVersion)) return found;
    this.forgetCard(name);
    return undefined;
  }

  unfinished(name: string, now: EpochMs): UnfinishedRender | undefined {
    return this.#ifValid(this.#unfinished.get(name), this.#unfinished.get(name)?.card.purgeVersion, now);
  }

  failure(now: EpochMs): FailedFetch | undefined {
    return this.#ifValid(this.#failure, this.#failure?.purgeVersion, now);
  }

  keepDocument(document: PageDocument, now: EpochMs): void {
    if (this.isVoid(document.purgeVersion) || isNewer(this.document?.response, document.response, now)) return;
    this.#document = document;
    this.#keeper.weigh(this);
  }

  keepCard(cached: CachedCard, now: EpochMs): void {
    const name = cardName(cached.card.id);
    if (this.isVoid(cached.card.purgeVersion) || isNewer(this.card(name)?.card, cached.card, now)) return;
    this.#cards.set(name, cached);
    this.#unfinished.delete(name);
    this.#keeper.weigh(this);
  }

  keepUnfinished(render: UnfinishedRender): void {
    if (this.isVoid(render.card.purgeVersion)) return;
    this.#unfinished.set(cardName(render.card.id), render);
    this.#keeper.weigh(this);
  }

  keepFailure(failure: FailedFetch): void {
    if (this.isVoid(failure.purgeVersion)) return;
    this.#failure = failure;
    this.#keeper.weigh(this);
  }

  /** RFC 9111 §4.3.4: a `304` renews the response, and so the document and every card rendered from it. */
  renew(responseId: string, response: StoredResponse, now: EpochMs): void {
    const document = this.document;
    if (document?.responseId === responseId && !isNewer(document.response, response, now))
      this.#document = { ...document, response };
    for (const name of this.#cards.keys()) {
      const cached = this.card(name);
      if (cached === undefined || cached.card.responseId !== responseId || isNewer(cached.card, response, now))
        continue;
      this.#cards.set(name, { ...cached, card: { ...cached.card, ...response } });
    }
  }

  forgetDocument(): void {
    this.#document = undefined;
    this.#keeper.weigh(this);
  }

  forgetCard(name: string): void {
    if (this.#cards.delete(name)) this.#keeper.weigh(this);
  }

  forgetFailure(): void {
    if (this.#failure === undefined) return;
    this.#failure = undefined;
    this.#keeper.weigh(this);
  }

  /** Frees memory: its cards, unfinished renders and failure. */
  evictCards(): void {
    this.#cards.clear();
    this.#unfinished.clear();
    this.#failure = undefined;
  }

  /** Frees memory: its document. */
  evictDocument(): void {
    this.#document = undefined;
  }

  /**
   * One run per name at a time: calls during the run share its result, unless it began before a purge.
   * @param purgeVersion the current purge version.
   * @param name belongs to one kind of work, whose results are a `T`.
   */
  share<T>(
    name: string,
    purgeVersion: number,
    work: () => Promise<T>,
  ): { readonly joined: boolean; readonly result: Promise<T> } {
    const running = this.#flights.get(name);
    if (running !== undefined && !this.isVoid(running.purgeVersion)) {
      return { joined: true, result: running.result as Promise<T> };
    }
    this.hold();
    const result = work();
    const ended = () => {
      if (this.#flights.get(name)?.result === result) this.#flights.delete(name);
      this[Symbol.dispose]();
    };
    result.then(ended, ended);
    this.#flights.set(name, { purgeVersion, result });
    return { joined: false, result };
  }

  /** Bytes of its cards, unfinished renders and failure. */
  get cardsWeight(): number {
    let weight = this.#failure === undefined ? 0 : recordBytes;
    for (const { bytes } of this.#cards.values()) weight += bytes.length + recordBytes;
    for (const { bytes } of this.#unfinished.values()) weight += bytes.length + recordBytes;
    return weight;
  }

  /** Bytes of its document. */
  get documentWeight(): number {
    return this.#document === undefined ? 0 : this.#document.document.body.length + recordBytes;
  }

  /** Keeps the page from being evicted until it is disposed of as often as it was held. */
  hold(): this {
    this.#holders++;
    return this;
  }

  [Symbol.dispose](): void {
    if (--this.#holders === 0) this.#keeper.release(this);
  }

  #ifValid<M extends { readonly until: EpochMs }>(found: M | undefined, purgeVersion = 0, now: EpochMs): M | undefined {
    const holds =
      found !== undefined && now < found.until && found.until - now <= longestMoment && !this.isVoid(purgeVersion);
    return holds ? found : undefined;
  }
}

/** A response dated after `now` is from before the clock was set back: it is never newer. */
function isNewer(kept: StoredResponse | undefined, response: StoredResponse, now: EpochMs): boolean {
  return kept !== undefined && kept.policy.receivedAt > response.policy.receivedAt && kept.policy.receivedAt <= now;
}
