import { LRUCache } from 'lru-cache';
import { resultWithin } from '../concurrency/result-within.ts';
import { SingleFlight } from '../concurrency/single-flight.ts';
import { judge, type Verdict } from '../freshness/judge.ts';
import type { CardId } from '../model/card.ts';
import type { CardResponse } from '../model/card-response.ts';
import type { Change } from '../model/change.ts';
import type { Clock, EpochMs, Milliseconds, Seconds } from '../model/units.ts';
import type { Store } from '../store/ports/store.ts';
import type { Usage } from '../usage/usage.ts';
import { cardResponseOf } from './card-response.ts';
import type { Decisions } from './decisions.ts';
import type { FailureMemory } from './failure-memory.ts';
import type { KeptDocuments } from './kept-documents.ts';
import { type CachedCard, covers, type KeptMemory } from './kept-memory.ts';
import type { Pages } from './pages.ts';
import type { Renewals } from './renewals.ts';
import { type CardRequest, cardId, cardKey, pageKey } from './request.ts';
import { selectionOf, selects } from './selection.ts';

export interface CardsOptions {
  readonly store: Store;
  readonly pages: Pages;
  readonly renewals: Renewals;
  readonly memory: KeptMemory;
  readonly documents: KeptDocuments;
  readonly failures: FailureMemory;
  readonly decisions: Decisions;
  readonly usage: Usage;
  readonly clock: Clock;
  /** How long a requester waits for a renewal while a stale card may be sent, where its website does not say. */
  readonly patience: Milliseconds;
  /** How often a fresh card with `og:plus:cache:etag` is looked at again, where its website does not say. */
  readonly recheckInterval: Seconds;
  /** Told of work in the background that failed. */
  readonly onBackgroundFailure: (error: unknown, key: string) => void;
}

/** The way of a card: found, judged, and served as it is, or renewed first, or renewed behind the answer. */
export class Cards implements AsyncDisposable {
  readonly #options: CardsOptions;
  readonly #loads = new SingleFlight<CachedCard | undefined>();
  readonly #background = new Set<Promise<unknown>>();
  readonly #asked = new Map<string, { readonly id: CardId; requests: number }>();
  /** When pages with a version tag were last looked at again. */
  readonly #looks = new LRUCache<string, EpochMs>({ max: 10_000 });

  constructor(options: CardsOptions) {
    this.#options = options;
  }

  /** The picture where it lies fresh in memory: no promise, no store, no origin. Changes must have been followed. */
  fromMemory(request: CardRequest): CardResponse | undefined {
    const { memory, clock } = this.#options;
    const key = cardKey(cardId(request, ''));
    const entry = memory.get(key);
    if (entry === undefined || !selects(entry.card.policy, selectionOf(request))) return undefined;
    const verdict = judge(entry.card.policy, clock.now());
    if (verdict.kind !== 'fresh' || entry.card.outcome.kind !== 'picture') return undefined;
    this.#count(key, entry.card.id);
    return this.#serveFresh(request, entry, verdict);
  }

  /**
   * The card: kept, renewed or drawn.
   * @throws {Problem} docs/guides/addresses.md, where there is none and none can be made.
   */
  async answer(request: CardRequest): Promise<CardResponse> {
    const { clock, renewals } = this.#options;
    const { id, entry } = await this.#find(request);
    if (entry === undefined) {
      const answer = await renewals.renewed(request, id, undefined);
      this.#count(cardKey(id), id); // what was refused is not written down: a flood would be
      return answer;
    }
    this.#count(cardKey(id), id);

    const verdict = judge(entry.card.policy, clock.now());
    if (verdict.kind === 'fresh') return this.#serveFresh(request, entry, verdict);

    const renewal = renewals.renewed(request, id, entry);
    if (entry.card.outcome.kind !== 'picture') return renewal;
    if (verdict.whileRevalidating) return this.#serveStale(entry, verdict, 'stale-while-revalidate', renewal);
    if (!verdict.whenSlow) return renewal;
    const patience = request.website.settings.patience ?? this.#options.patience;
    return (await resultWithin(patience, renewal)) ?? this.#serveStale(entry, verdict, 'slow-renewal', renewal);
  }

  /** Writes down what was renewed and decided, and which cards were asked for, since the last call. */
  async writeDown(): Promise<void> {
    await this.#options.pages.writeDown();
    await this.#options.decisions.write();
    await this.#options.usage.write();
    await this.#noteAsked();
  }

  /** What was not asked for longest is evicted first. */
  async #noteAsked(): Promise<void> {
    if (this.#asked.size === 0) return;
    const cards = [...this.#asked.values()];
    this.#asked.clear();
    await this.#options.store.cards.noteAsked(cards, this.#options.clock.now());
  }

  #count(key: string, id: CardId): void {
    const asked = this.#asked.get(key);
    if (asked === undefined) this.#asked.set(key, { id, requests: 1 });
    else asked.requests++;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#options.renewals.stop();
    await Promise.allSettled(this.#background);
    await this.writeDown();
  }

  /** What this or another process changed holds from the next answer on. */
  follow(change: Change): void {
    const { memory, documents, failures, pages, renewals } = this.#options;
    for (const part of [memory, documents, failures, pages, renewals]) part.follow(change);
    this.#loads.detach((key) => covers(change, key));
  }

  /** The kept card that answers this request: the page's first, or that of its variant where the page varies. */
  async #find(request: CardRequest): Promise<{ id: CardId; entry: CachedCard | undefined }> {
    const first = cardId(request, '');
    const entry = await this.#load(first);
    if (entry === undefined || selects(entry.card.policy, selectionOf(request))) return { id: first, entry };
    const variant = cardId(request, `accept-language=${request.language}`);
    return { id: variant, entry: await this.#load(variant) };
  }

  async #load(id: CardId): Promise<CachedCard | undefined> {
    const { store, memory, clock } = this.#options;
    const key = cardKey(id);
    const known = memory.get(key);
    if (known !== undefined && !(known.transient && judge(known.card.policy, clock.now()).kind === 'stale'))
      return known;
    const load = async (): Promise<CachedCard | undefined> => {
      const { epoch } = memory;
      const card = await store.cards.find(id);
      if (card === undefined) return undefined;
      const bytes = card.outcome.kind === 'gone' ? Buffer.alloc(0) : await store.pictures.read(card.outcome.picture);
      if (bytes === undefined) return undefined;
      const entry: CachedCard = { card, bytes, transient: false };
      memory.put(entry, epoch);
      return entry;
    };
    return this.#loads.run(key, load).result;
  }

  #serveFresh(request: CardRequest, entry: CachedCard, verdict: Verdict & { kind: 'fresh' }): CardResponse {
    if (entry.card.versionTag !== null) this.#lookAgain(request, entry);
    return cardResponseOf(entry, verdict, { hit: true, ttl: verdict.secondsLeft });
  }

  #serveStale(entry: CachedCard, verdict: Verdict, detail: string, renewal: Promise<CardResponse>): CardResponse {
    this.#inBackground(renewal, entry.card.id);
    const ttl = Math.ceil((entry.card.policy.freshUntil - this.#options.clock.now()) / 1000);
    return cardResponseOf(entry, verdict, { hit: true, ttl, detail });
  }

  /**
   * docs/guides/rendering.md: a page with a version tag is looked at again while its card is fresh, at most once in a while and
   * behind the answer. What another consumer's fetch has brought since counts at once.
   */
  #lookAgain(request: CardRequest, entry: CachedCard): void {
    const { clock, documents, renewals } = this.#options;
    const recheckInterval = request.website.settings.recheckInterval ?? this.#options.recheckInterval;
    const { id, policy, versionTag } = entry.card;
    const page = pageKey(id.websiteId, id.target);
    const now = clock.now();
    const newer = documents.get(page)?.response;
    const outdated =
      newer !== undefined && newer.versionTag !== versionTag && newer.policy.receivedAt > policy.receivedAt;
    const lastLook = Math.max(policy.receivedAt, this.#looks.get(page) ?? 0);
    const due = now - lastLook >= recheckInterval * 1000 || now < lastLook;
    if (!due && !outdated) return;
    this.#looks.set(page, now);
    this.#inBackground(renewals.renewed(request, id, entry), id);
  }

  #inBackground(work: Promise<unknown>, id: CardId): void {
    const settled = work.catch((error) => this.#options.onBackgroundFailure(error, cardKey(id)));
    this.#background.add(settled);
    void settled.finally(() => this.#background.delete(settled));
  }
}
