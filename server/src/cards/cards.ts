import { resultWithin } from '../concurrency/result-within.ts';
import { judge, type Verdict } from '../freshness/judge.ts';
import type { CardId } from '../model/card.ts';
import { type CardResponse, slowRenewal } from '../model/card-response.ts';
import type { Clock, Milliseconds, Seconds } from '../model/units.ts';
import type { Store } from '../store/ports/store.ts';
import type { Usage } from '../usage/usage.ts';
import type { AskedCards } from './asked-cards.ts';
import type { CardLoader } from './card-loader.ts';
import { cardResponseOf, untrusted } from './card-response.ts';
import type { Decisions } from './decisions.ts';
import type { Pages } from './pages.ts';
import { isRefusal, type Renewals } from './renewals.ts';
import { type CardRequest, cardId, pageKey } from './request.ts';
import { matches } from './selection.ts';
import { type CachedCard, cardName } from './state/cached-card.ts';
import type { PageState } from './state/page-state.ts';
import type { PageStates } from './state/page-states.ts';

export interface CardsOptions {
  readonly store: Store;
  readonly states: PageStates;
  readonly loader: CardLoader;
  readonly pages: Pages;
  readonly renewals: Renewals;
  readonly decisions: Decisions;
  readonly usage: Usage;
  readonly askedCards: AskedCards;
  readonly clock: Clock;
  /** How long a request waits for a renewal before a stale card is sent, unless its website sets another time. */
  readonly patience: Milliseconds;
  /** How often a fresh card with `og:plus:cache:etag` is checked again, unless its website sets another interval. */
  readonly recheckInterval: Seconds;
  /** Called when background work fails. */
  readonly onBackgroundFailure: (error: unknown, id: CardId) => void;
}

/** Finds a card, judges it, and serves it as it is, renews it first, or renews it in the background. */
export class Cards implements AsyncDisposable {
  readonly #options: CardsOptions;
  readonly #background = new Set<Promise<unknown>>();
  /** Cards whose running renewal takes longer than requests wait for it. */
  readonly #slow = new Set<string>();
  /** The last response of each fresh card: it changes once a second, and may be requested thousands of times in it. */
  readonly #hits = new WeakMap<CachedCard, CardResponse>();

  /** Called before anything is written down: HTTP workers tell what they sent. */
  beforeWriting: () => Promise<void> = async () => {};

  constructor(options: CardsOptions) {
    this.#options = options;
  }

  /** An HTTP worker sent the card. */
  noteHits(id: CardId, hits: number): void {
    using state = this.#options.states.hold(id.websiteId, id.target);
    this.#options.askedCards.count(state, id, hits);
  }

  /**
   * The picture if it is fresh in memory: no promise, no store, no origin.
   * @param isCurrent whether all changes were followed. If not, the card may have been purged: it is sent, since it is
   * better than nothing, as `no-cache`.
   */
  fromMemory(request: CardRequest, isCurrent: boolean): CardResponse | undefined {
    const { states, clock } = this.#options;
    const state = states.find(request.website.id, request.target);
    const cached = state?.card(request.consumer.name);
    if (state === undefined || cached?.card.outcome.kind !== 'picture') return undefined;
    if (!matches(cached.card.policy, request)) return undefined;
    const verdict = judge(cached.card.policy, clock.now());
    if (verdict.kind !== 'fresh') return undefined;
    this.#options.askedCards.count(state, cached.card.id);
    if (isCurrent) return this.#fresh(state, request, cached, verdict);
    return untrusted(cardResponseOf(cached, verdict, { hit: true, ttl: verdict.secondsLeft }));
  }

  /**
   * The card: kept, renewed or rendered.
   * @param isCurrent as `fromMemory`: what it is made of may have been purged too, a document or the work of another request.
   * @throws {Problem} where there is none and none can be made.
   */
  respond(request: CardRequest, isCurrent: boolean): Promise<CardResponse> {
    const response = this.#respond(request);
    return isCurrent ? response : response.then(untrusted);
  }

  async #respond(request: CardRequest): Promise<CardResponse> {
    const { clock, states, askedCards } = this.#options;
    using state = states.hold(request.website.id, request.target);
    const { id, cached } = this.#inMemory(state, request) ?? (await this.#find(state, request));
    const verdict = cached && judge(cached.card.policy, clock.now());
    if (cached === undefined || verdict === undefined) {
      const made = this.#renewed(state, request, id, undefined);
      // Refused requests are not counted: a flood of them would fill the memory.
      const response = await made.catch((error: unknown) => {
        if (!isRefusal(error)) askedCards.countFailed(state, id);
        throw error;
      });
      askedCards.count(state, response.card.id);
      return response;
    }
    askedCards.count(state, id);
    if (verdict.kind === 'fresh') return this.#fresh(state, request, cached, verdict);

    const renewal = this.#renewed(state, request, id, cached);
    if (cached.card.outcome.kind !== 'picture') return renewal;
    if (verdict.whileRevalidating) return this.#stale(cached, verdict, 'stale-while-revalidate', renewal);
    if (!verdict.whenSlow) return renewal;
    const patience = request.website.settings.patience ?? this.#options.patience;
    const renewed = await resultWithin(patience, renewal);
    if (renewed !== undefined) return renewed;
    this.#noteSlow(request, cached, patience, renewal);
    return this.#stale(cached, verdict, slowRenewal, renewal);
  }

  /**
   * Draws the card now, whatever is kept of it; cards of other networks stay as they are.
   * @param request with `anew`.
   * @throws {Problem} as `respond`.
   */
  async draw(request: CardRequest): Promise<CardResponse> {
    const { renewals, states } = this.#options;
    using state = states.hold(request.website.id, request.target);
    const { id } = await this.#find(state, request);
    return renewals.renewed(state, request, id, states.newest, undefined);
  }

  /**
   * Renews the card unless it is fresh, for nobody in particular: no request is counted, and no stale card is given.
   * Returns undefined if it is fresh.
   * @throws {Problem} as `respond`.
   */
  async warm(request: CardRequest): Promise<CardResponse | undefined> {
    const { clock, states } = this.#options;
    using state = states.hold(request.website.id, request.target);
    const { id, cached } = await this.#find(state, request);
    if (cached !== undefined && judge(cached.card.policy, clock.now()).kind === 'fresh') return undefined;
    return await this.#renewed(state, request, id, cached);
  }

  /**
   * Writes renewals, decisions, usage and request counts since the last call to the store.
   * @param all also what can wait, for a caller that is about to read it.
   */
  async writeDown(all = true): Promise<void> {
    await this.beforeWriting();
    await this.#options.pages.writeDown();
    await this.#options.decisions.write(all);
    await this.#options.usage.write();
    await this.#options.askedCards.write();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#options.renewals.stop();
    await Promise.allSettled(this.#background);
    await this.writeDown();
  }

  /** The page's default card, if it is in memory and matches this request. */
  #inMemory(state: PageState, request: CardRequest): { id: CardId; cached: CachedCard } | undefined {
    const cached = state.card(request.consumer.name);
    if (cached === undefined || !matches(cached.card.policy, request)) return undefined;
    return { id: cached.card.id, cached };
  }

  /** The kept card for this request: the page's default card, or the matching variant where the page varies. */
  async #find(state: PageState, request: CardRequest): Promise<{ id: CardId; cached: CachedCard | undefined }> {
    const first = cardId(request, '');
    const cached = await this.#options.loader.find(state, first);
    if (cached === undefined || matches(cached.card.policy, request)) return { id: first, cached };
    const variant = variantOf(request);
    return { id: variant, cached: await this.#options.loader.find(state, variant) };
  }

  /**
   * As `Renewals.renewed`. Whoever waited for another request's card may have got one in another language
   * (RFC 9111 §4.1), and then gets its own.
   */
  async #renewed(
    state: PageState,
    request: CardRequest,
    id: CardId,
    cached: CachedCard | undefined,
  ): Promise<CardResponse> {
    const { renewals, loader, states, clock } = this.#options;
    const response = await renewals.renewed(state, request, id, states.newest, cached);
    if (matches(response.card.policy, request)) return response;
    const own = variantOf(request);
    const kept = await loader.find(state, own);
    const verdict = kept && judge(kept.card.policy, clock.now());
    if (kept !== undefined && verdict?.kind === 'fresh') return this.#fresh(state, request, kept, verdict);
    return renewals.renewed(state, request, own, states.newest, kept);
  }

  #fresh(
    state: PageState,
    request: CardRequest,
    cached: CachedCard,
    verdict: Verdict & { kind: 'fresh' },
  ): CardResponse {
    if (cached.card.versionTag !== null) this.#checkVersion(state, request, cached);
    const last = this.#hits.get(cached);
    if (last?.cacheStatus.ttl === verdict.secondsLeft) return last;
    const response = cardResponseOf(cached, verdict, { hit: true, ttl: verdict.secondsLeft });
    this.#hits.set(cached, response);
    return response;
  }

  #stale(cached: CachedCard, verdict: Verdict, detail: string, renewal: Promise<CardResponse>): CardResponse {
    this.#inBackground(renewal, cached.card.id);
    const ttl = Math.ceil((cached.card.policy.freshUntil - this.#options.clock.now()) / 1000);
    return cardResponseOf(cached, verdict, { hit: true, ttl, detail });
  }

  /** Tells the owner once per renewal that old cards are sent, however many requests wait for it. */
  #noteSlow(request: CardRequest, { card }: CachedCard, patience: Milliseconds, renewal: Promise<unknown>): void {
    const slow = `${pageKey(request.website.id, request.target)}\n${cardName(card.id)}`;
    if (this.#slow.has(slow)) return;
    this.#slow.add(slow);
    this.#options.decisions.sentOld(request, patience);
    const forget = () => void this.#slow.delete(slow);
    renewal.then(forget, forget);
  }

  /**
   * docs/guides/rendering.md: a page with a version tag is checked again while its card is fresh, at most once per
   * interval and in the background. A newer document fetched for another consumer counts at once.
   */
  #checkVersion(state: PageState, request: CardRequest, cached: CachedCard): void {
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

  #inBackground(work: Promise<unknown>, id: CardId): void {
    const settled = work.catch((error) => this.#options.onBackgroundFailure(error, id));
    this.#background.add(settled);
    void settled.finally(() => this.#background.delete(settled));
  }
}

/** The card of a page that varies by language. */
function variantOf(request: CardRequest): CardId {
  return cardId(request, `accept-language=${request.language}`);
}
