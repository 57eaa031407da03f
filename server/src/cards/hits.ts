import { judge, type Verdict } from '../freshness/judge.ts';
import type { CardId } from '../model/card.ts';
import type { CardResponse } from '../model/card-response.ts';
import type { Clock, Seconds } from '../model/units.ts';
import type { WebsiteId } from '../model/website.ts';
import type { Store } from '../store/ports/store.ts';
import { CardLoader } from './card-loader.ts';
import { cardResponseOf } from './card-response.ts';
import { type CardRequest, cardId } from './request.ts';
import { matches } from './selection.ts';
import { type CachedCard, cardName } from './state/cached-card.ts';
import type { PageState } from './state/page-state.ts';
import { PageStates } from './state/page-states.ts';

export interface HitsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly memoryCacheBytes: number;
  /** How often a fresh card with `og:plus:cache:etag` is left to the service, which checks it again. */
  readonly recheckInterval: Seconds;
  /** Called when the store fails. */
  readonly onFailure: (error: unknown, id: CardId) => void;
}

/** Cards that were sent since the counts were last taken. */
export interface HitCounts {
  readonly websites: ReadonlyArray<readonly [websiteId: WebsiteId, consumer: string, hits: number]>;
  readonly cards: ReadonlyArray<readonly [id: CardId, hits: number]>;
}

/**
 * Fresh cards in the memory of a process that makes none itself. It sends them, under the same rule as the service
 * (`PageState`), and leaves every other request to the service.
 */
export class Hits implements Disposable {
  readonly #options: HitsOptions;
  readonly #states: PageStates;
  readonly #loader: CardLoader;
  readonly #following: Disposable;
  /** The last response of each card: it changes once a second. */
  readonly #responses = new WeakMap<CachedCard, CardResponse>();
  #counts = new Map<CachedCard, { readonly id: CardId; hits: number }>();

  constructor(options: HitsOptions) {
    const { store, clock, memoryCacheBytes, onFailure } = options;
    this.#options = options;
    this.#states = new PageStates(memoryCacheBytes);
    this.#loader = new CardLoader(store, this.#states, clock, onFailure);
    this.#following = store.changes.listen((change) => this.#states.follow(change));
  }

  /** The picture if it is fresh in memory, counted as sent. Call it only while all changes were followed. */
  fromMemory(request: CardRequest): CardResponse | undefined {
    const state = this.#states.find(request.website.id, request.target);
    const cached = state?.card(request.consumer.name);
    if (state === undefined || cached?.card.outcome.kind !== 'picture') return undefined;
    if (!matches(cached.card.policy, request)) return undefined;
    const verdict = judge(cached.card.policy, this.#options.clock.now());
    if (verdict.kind !== 'fresh' || this.#isDue(state, request, cached)) return undefined;
    const counted = this.#counts.get(cached);
    if (counted === undefined) this.#counts.set(cached, { id: cached.card.id, hits: 1 });
    else counted.hits++;
    return this.#response(cached, verdict);
  }

  /** After the service sent the card: takes it from the store, if it is kept there. Never rejects. */
  async learn(request: CardRequest): Promise<void> {
    const id = cardId(request, '');
    using state = this.#states.hold(id.websiteId, id.target);
    const name = cardName(id);
    await state.share(`load ${name}`, this.#states.newest, () => this.#loader.read(state, id, state.card(name))).result;
  }

  takeCounts(): HitCounts {
    const cards = [...this.#counts.values()].map(({ id, hits }) => [id, hits] as const);
    this.#counts = new Map();
    const websites = new Map<string, [WebsiteId, string, number]>();
    for (const [{ websiteId, consumer }, hits] of cards) {
      const known = websites.get(`${websiteId} ${consumer}`);
      if (known === undefined) websites.set(`${websiteId} ${consumer}`, [websiteId, consumer, hits]);
      else known[2] += hits;
    }
    return { websites: [...websites.values()], cards };
  }

  [Symbol.dispose](): void {
    this.#following[Symbol.dispose]();
  }

  #response(cached: CachedCard, verdict: Verdict & { kind: 'fresh' }): CardResponse {
    const last = this.#responses.get(cached);
    if (last?.cacheStatus.ttl === verdict.secondsLeft) return last;
    const response = cardResponseOf(cached, verdict, { hit: true, ttl: verdict.secondsLeft });
    this.#responses.set(cached, response);
    return response;
  }

  /** docs/guides/rendering.md: a page with a version tag is looked at again while its card is fresh. */
  #isDue(state: PageState, request: CardRequest, { card }: CachedCard): boolean {
    if (card.versionTag === null) return false;
    const interval = request.website.settings.recheckInterval ?? this.#options.recheckInterval;
    const now = this.#options.clock.now();
    const lastLook = Math.max(card.policy.receivedAt, state.lookedAt);
    if (now - lastLook < interval * 1000 && now >= lastLook) return false;
    state.lookedAt = now;
    return true;
  }
}
