import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { judge } from '../freshness/judge.ts';
import type { CardId } from '../model/card.ts';
import { stopping } from '../model/problem.ts';
import type { Timers } from '../model/timers.ts';
import { type Clock, milliseconds } from '../model/units.ts';
import { HeldLease } from '../store/held-lease.ts';
import type { Store } from '../store/ports/store.ts';
import type { CardLoader } from './card-loader.ts';
import { pageKey } from './request.ts';
import { type CachedCard, cardName } from './state/cached-card.ts';
import type { PageState } from './state/page-state.ts';

/** `made`: another process made the card meanwhile. `mine`: the caller makes it. */
export type Turn =
  | { readonly kind: 'made'; readonly cached: CachedCard }
  | {
      readonly kind: 'mine';
      /** Undefined if the store failed, or another process has been at it for too long. */
      readonly held: HeldLease | undefined;
      /** What the store has of it now. */
      readonly newest: CachedCard | undefined;
    };

// Between two looks whether another process has made the card: short at first, for cards that are almost ready.
const pauses = [25, 50, 100, 150, 250].map(milliseconds);
// A fetch, a wait in the queue and a render end within this time. Whoever waits longer makes the card itself.
const longestWaitMs = 30_000;
// Pages whose cards no other process would get: some 2 MB.
const mostUnkept = 10_000;

/** One process at a time makes a card; the others wait for it (docs/decisions/0029-one-render-for-all.md). */
export class CardTurns implements AsyncDisposable {
  readonly #store: Store;
  readonly #loader: CardLoader;
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #onFailure: (error: unknown) => void;
  /** Pages that forbade keeping anything when they were last fetched: there is nothing to wait for. */
  readonly #unkept = new LRUCache<string, true>({ max: mostUnkept });
  readonly #held = new Set<HeldLease>();
  readonly #releasing = new Set<Promise<void>>();

  constructor(
    store: Store,
    loader: CardLoader,
    clock: Clock,
    timers: Timers,
    /** Called with errors of the store. */
    onFailure: (error: unknown) => void,
  ) {
    this.#store = store;
    this.#loader = loader;
    this.#clock = clock;
    this.#timers = timers;
    this.#onFailure = onFailure;
  }

  /** Remembers whether the page's cards may be kept, so that others could get them. */
  note(state: PageState, isKept: boolean): void {
    const key = pageKey(state.websiteId, state.target);
    if (isKept) this.#unkept.delete(key);
    else this.#unkept.set(key, true);
  }

  /** Whether the page forbade keeping anything: every process fetches it for its own requests. */
  isUnkept(state: PageState): boolean {
    return this.#unkept.has(pageKey(state.websiteId, state.target));
  }

  /**
   * Waits while another process makes the card. The turn must be given to `end`.
   * @param cached the card that is to be renewed.
   * @throws {Problem} `stopping`.
   */
  async take(state: PageState, id: CardId, cached: CachedCard | undefined, signal: AbortSignal): Promise<Turn> {
    let kept: string | undefined;
    for (let waited = 0, looks = 0; ; looks++) {
      const held = await this.#acquire(state, id);
      if (held === 'failed') return { kind: 'mine', held: undefined, newest: cached };
      const newest = await this.#loader.read(state, id, cached);
      if (looks === 0) kept = newest?.card.responseId;
      const isNew = newest !== undefined && isAfter(newest, cached);
      if (isNew && (newest.card.responseId !== kept || this.#isFresh(newest))) {
        if (held !== undefined) this.#release(held);
        return { kind: 'made', cached: newest };
      }
      if (held !== undefined || waited >= longestWaitMs) return { kind: 'mine', held, newest: isNew ? newest : cached };
      const pause = pauses[Math.min(looks, pauses.length - 1)] ?? milliseconds(250);
      await this.#timers.pause(pause, signal).catch(() => Promise.reject(stopping()));
      waited += pause;
    }
  }

  /** Lets others have their turn, once the card's last write has ended. */
  end(turn: Turn): void {
    if (turn.kind === 'mine' && turn.held !== undefined) this.#release(turn.held);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const held of this.#held) this.#release(held);
    await Promise.all(this.#releasing);
  }

  async #acquire(state: PageState, id: CardId): Promise<HeldLease | undefined | 'failed'> {
    try {
      const { websiteId, target } = state;
      // What began before a purge is worth nothing after it: nobody waits for it.
      const { covering } = await this.#store.changes.purgeState(websiteId, target);
      const name = `card ${websiteId} ${covering} ${hash(`${target}\n${cardName(id)}`)}`;
      const held = await HeldLease.take(this.#store.leases, name, this.#timers);
      if (held !== undefined) this.#held.add(held);
      return held;
    } catch (error) {
      this.#onFailure(error);
      return 'failed';
    }
  }

  #release(held: HeldLease): void {
    if (!this.#held.delete(held)) return;
    const releasing = held[Symbol.asyncDispose]();
    this.#releasing.add(releasing);
    void releasing.finally(() => this.#releasing.delete(releasing));
  }

  #isFresh({ card }: CachedCard): boolean {
    return judge(card.policy, this.#clock.now()).kind === 'fresh';
  }
}

/** Whether the kept card is of another and no older response. */
function isAfter({ card }: CachedCard, cached: CachedCard | undefined): boolean {
  if (cached === undefined) return true;
  return card.responseId !== cached.card.responseId && card.policy.receivedAt >= cached.card.policy.receivedAt;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
