import { LRUCache } from 'lru-cache';
import { judge } from '../freshness/judge.ts';
import type { CardId } from '../model/card.ts';
import { stopping } from '../model/problem.ts';
import type { Timers } from '../model/timers.ts';
import { type Clock, milliseconds } from '../model/units.ts';
import { HeldLease, leaseTtl } from '../store/held-lease.ts';
import type { PurgeState } from '../store/ports/changes.ts';
import type { Store } from '../store/ports/store.ts';
import type { CardLoader } from './card-loader.ts';
import { pageKey } from './request.ts';
import type { CachedCard } from './state/cached-card.ts';
import type { PageState } from './state/page-state.ts';
import type { PageStates } from './state/page-states.ts';

/** `made`: another process made the card meanwhile. `mine`: the caller makes it. */
export type Turn =
  | { readonly kind: 'made'; readonly cached: CachedCard }
  | {
      readonly kind: 'mine';
      /** Undefined if the store failed, or another process has been at it for too long. */
      readonly held: HeldLease | undefined;
      /** What the store has of it now. */
      readonly newest: CachedCard | undefined;
      /** Of the page, from before the turn began; undefined if the store failed. */
      readonly purge: PurgeState | undefined;
    };

/** Whether the turn was given, and what the store had then. */
interface Look {
  readonly held: HeldLease | undefined;
  readonly newest: CachedCard | undefined;
  readonly purge: PurgeState;
}

// Between two looks whether another process has made the card: short at first, for cards that are almost ready.
const pauses = [25, 50, 100, 150, 250].map(milliseconds);
// A fetch, a wait in the queue and a render end within this time. Whoever waits longer makes the card itself.
const longestWaitMs = 30_000;
// Pages whose cards no other process would get: some 2 MB.
const mostUnkept = 10_000;

/** One process at a time makes a card; the others wait for it (docs/decisions/0029-one-render-for-all.md). */
export class CardTurns implements AsyncDisposable {
  readonly #store: Store;
  readonly #states: PageStates;
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
    states: PageStates,
    loader: CardLoader,
    clock: Clock,
    timers: Timers,
    /** Called with errors of the store. */
    onFailure: (error: unknown) => void,
  ) {
    this.#store = store;
    this.#states = states;
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
      const look = await this.#look(state, id, cached);
      if (look === 'failed') return { kind: 'mine', held: undefined, newest: cached, purge: undefined };
      const { held, newest, purge } = look;
      if (looks === 0) kept = newest?.card.responseId;
      const isNew = newest !== undefined && isAfter(newest, cached);
      if (isNew && (newest.card.responseId !== kept || this.#isFresh(newest))) {
        if (held !== undefined) this.#release(held);
        return { kind: 'made', cached: newest };
      }
      if (held !== undefined || waited >= longestWaitMs)
        return { kind: 'mine', held, newest: isNew ? newest : cached, purge };
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

  async #look(state: PageState, id: CardId, cached: CachedCard | undefined): Promise<Look | 'failed'> {
    const purgeVersion = this.#states.newest;
    try {
      const { lease, purge, card } = await this.#store.cards.takeTurn(id, leaseTtl);
      const held = lease && new HeldLease(this.#store.leases, lease, this.#timers);
      if (held !== undefined) this.#held.add(held);
      // One that was begun before a change of the website's settings is no answer to those who ask after it.
      const made = card !== undefined && !state.isVoid(card.purgeVersion) ? card : undefined;
      return { held, purge, newest: made && (await this.#loader.load(state, made, purgeVersion, cached)) };
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
