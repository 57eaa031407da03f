import { resultWithin } from '../concurrency/result-within.ts';
import { judge, type Verdict } from '../freshness/judge.ts';
import type { CardId } from '../model/card.ts';
import type { CardResponse } from '../model/card-response.ts';
import type { Clock, Milliseconds, Seconds } from '../model/units.ts';
import type { Store } from '../store/ports/store.ts';
import type { Usage } from '../usage/usage.ts';
import { cardResponseOf } from './card-response.ts';
import type { Decisions } from './decisions.ts';
import type { Pages } from './pages.ts';
import type { Renewals } from './renewals.ts';
import { type CardRequest, cardId } from './request.ts';
import { selectionOf, selects } from './selection.ts';
import { type CachedCard, cardName } from './state/cached-card.ts';
import type { PageState } from './state/page-state.ts';
import type { PageStates } from './state/page-states.ts';

export interface CardsOptions {
  readonly store: Store;
  readonly states: PageStates;
  readonly pages: Pages;
  readonly renewals: Renewals;
  readonly decisions: Decisions;
  readonly usage: Usage;
  readonly clock: Clock;
  /** How long a requester waits for a renewal while a stale card may be sent, where its website does not say. */
  readonly patience: Milliseconds;
  /** How often a fresh card with `og:plus:cache:etag` is looked at again, where its website does not say. */
  readonly recheckInterval: Seconds;
  /** Told of work in the background that failed. */
  readonly onBackgroundFailure: (error: unknown, id: CardId) => void;
}

/** The way of a card: found, judged, and served as it is, or renewed first, or renewed behind the answer. */
export class Cards implements AsyncDisposable {
  readonly #options: CardsOptions;
  readonly #background = new Set<Promise<unknown>>();
  /** Which cards were asked for, and how often, since that was last written down. */
  readonly #asked = new Map<PageState, Map<string, { readonly id: CardId; requests: number }>>();
  /** The last answer of each fresh card: it changes once a second, and may be asked for thousands of times in one. */
  readonly #hits = new WeakMap<CachedCard, CardResponse>();

  constructor(options: CardsOptions) {
    this.#options = options;
  }

  /**
   * The picture where it lies fresh in memory: no promise, no store, no origin.
   * @param isCurrent whether all changes were followed. Otherwise it may have been purged: it is sent, as it is better than
   * nothing, and whoever gets it must ask again.
   */
  fromMemory(request: CardRequest, isCurrent: boolean): CardResponse | undefined {
    const { states, clock } = this.#options;
    const state = states.find(request.website.id, request.target);
    const cached = state?.card(request.consumer.name);
    if (state === undefined || cached?.card.outcome.kind !== 'picture') return undefined;
    if (!selects(cached.card.policy, selectionOf(request))) return undefined;
    const verdict = judge(cached.card.policy, clock.now());
    if (verdict.kind !== 'fresh') return undefined;
    this.#count(state, cached.card.id);
    if (isCurrent) return this.#fresh(state, request, cached, verdict);
    const served = { hit: true, ttl: verdict.secondsLeft, detail: 'store-unreachable' };
    return { ...cardResponseOf(cached, verdict, served), reuse: 'no-cache' };
  }

  /**
   * The card: kept, renewed or drawn.
   * @throws {Problem} where there is none and none can be made.
   */
  async answer(request: CardRequest): Promise<CardResponse> {
    const { clock, renewals, states } = this.#options;
    using state = states.hold(request.website.id, request.target);
    const { id, cached } = await this.#find(state, request);
    const verdict = cached && judge(cached.card.policy, clock.now());
    if (cached === undefined || verdict === undefined) {
      const response = await renewals.renewed(state, request, id, states.newest, undefined);
      this.#count(state, id); // what was refused is not written down: a flood would be
      return response;
    }
    this.#count(state, id);
    if (verdict.kind === 'fresh') return this.#fresh(state, request, cached, verdict);

    const renewal = renewals.renewed(state, request, id, states.newest, cached);
    if (cached.card.outcome.kind !== 'picture') return renewal;
    if (verdict.whileRevalidating) return this.#stale(cached, verdict, 'stale-while-revalidate', renewal);
    if (!verdict.whenSlow) return renewal;
    const patience = request.website.settings.patience ?? this.#options.patience;
    return (await resultWithin(patience, renewal)) ?? this.#stale(cached, verdict, 'slow-renewal', renewal);
  }

  /** Writes down what was renewed and decided, and which cards were asked for, since the last call. */
  async writeDown(): Promise<void> {
    await this.#options.pages.writeDown();
    await this.#options.decisions.write();
    await this.#options.usage.write();
    await this.#noteAsked();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#options.renewals.stop();
    await Promise.allSettled(this.#background);
    await this.writeDown();
  }

  /** The kept card that answers this request: the page's first, or that of its variant where the page varies. */
  async #find(state: PageState, request: CardRequest): Promise<{ id: CardId; cached: CachedCard | undefined }> {
    const first = cardId(request, '');
    const cached = await this.#load(state, first);
    if (cached === undefined || selects(cached.card.policy, selectionOf(request))) return { id: first, cached };
    const variant = cardId(request, `accept-language=${request.language}`);
    return { id: variant, cached: await this.#load(state, variant) };
  }

  async #load(state: PageState, id: CardId): Promise<CachedCard | undefined> {
    const name = cardName(id);
    const known = state.card(name);
    if (known !== undefined) return known;
    const purgeVersion = this.#options.states.newest;
    return state.share(`load ${name}`, purgeVersion, () => this.#loadNow(state, id, purgeVersion)).result;
  }

  async #loadNow(state: PageState, id: CardId, purgeVersion: number): Promise<CachedCard | undefined> {
    const { store, clock, onBackgroundFailure } = this.#options;
    try {
      const found = await store.cards.find(id);
      if (found === undefined) return undefined;
      // The store knows of no purge that covers it, and so of none up to the one that was current before it was asked.
      const card = { ...found, purgeVersion: Math.max(found.purgeVersion, purgeVersion) };
      const bytes = card.outcome.kind === 'gone' ? Buffer.alloc(0) : await store.pictures.read(card.outcome.picture);
      if (bytes === undefined) return undefined;
      state.keepCard({ card, bytes }, clock.now());
      return { card, bytes };
    } catch (error) {
      onBackgroundFailure(error, id); // a store that fails has no card: it is drawn
      return undefined;
    }
  }

  #fresh(
    state: PageState,
    request: CardRequest,
    cached: CachedCard,
    verdict: Verdict & { kind: 'fresh' },
  ): CardResponse {
    if (cached.card.versionTag !== null) this.#lookAgain(state, request, cached);
    const last = this.#hits.get(cached);
    if (last?.served.ttl === verdict.secondsLeft) return last;
    const response = cardResponseOf(cached, verdict, { hit: true, ttl: verdict.secondsLeft });
    this.#hits.set(cached, response);
    return response;
  }

  #stale(cached: CachedCard, verdict: Verdict, detail: string, renewal: Promise<CardResponse>): CardResponse {
    this.#inBackground(renewal, cached.card.id);
    const ttl = Math.ceil((cached.card.policy.freshUntil - this.#options.clock.now()) / 1000);
    return cardResponseOf(cached, verdict, { hit: true, ttl, detail });
  }

  /**
   * docs/guides/rendering.md: a page with a version tag is looked at again while its card is fresh, at most once in a
   * while and behind the answer. What another consumer's fetch has brought since counts at once.
   */
  #lookAgain(state: PageState, request: CardRequest, cached: CachedCard): void {
    const { clock, renewals, states } = this.#options;
    const recheckInterval = request.website.settings.recheckInterval ?? this.#options.recheckInterval;
    const { id, policy, versionTag } = cached.card;
    const now = clock.now();
    const newer = state.document?.response;
    const outdated =
      newer !== undefined && newer.versionTag !== versionTag && newer.policy.receivedAt > policy.receivedAt;
    const lastLook = Math.max(policy.receivedAt, state.lookedAt);
    const due = now - lastLook >= recheckInterval * 1000 || now < lastLook;
    if (!due && !outdated) return;
    state.lookedAt = now;
    this.#inBackground(renewals.renewed(state, request, id, states.newest, cached), id);
  }

  /** What was not asked for longest is evicted first. */
  async #noteAsked(): Promise<void> {
    if (this.#asked.size === 0) return;
    const cards = [...this.#asked.values()].flatMap((ofPage) => [...ofPage.values()]);
    this.#asked.clear();
    await this.#options.store.cards.noteAsked(cards, this.#options.clock.now());
  }

  #count(state: PageState, id: CardId): void {
    const ofPage = this.#asked.get(state) ?? new Map<string, { readonly id: CardId; requests: number }>();
    if (ofPage.size === 0) this.#asked.set(state, ofPage);
    const name = cardName(id);
    const asked = ofPage.get(name);
    if (asked === undefined) ofPage.set(name, { id, requests: 1 });
    else asked.requests++;
  }

  #inBackground(work: Promise<unknown>, id: CardId): void {
    const settled = work.catch((error) => this.#options.onBackgroundFailure(error, id));
    this.#background.add(settled);
    void settled.finally(() => this.#background.delete(settled));
  }
}
