import { resultWithin } from '../concurrency/result-within.ts';
import type { CardId, KeptCard } from '../model/card.ts';
import type { MetaTag } from '../model/meta-tag.ts';
import { type Clock, milliseconds } from '../model/units.ts';
import type { HeldLease } from '../store/held-lease.ts';
import type { Store } from '../store/ports/store.ts';
import { type CachedCard, cardName } from './state/cached-card.ts';
import type { PageState } from './state/page-state.ts';

/**
 * The result of keeping a card. `refused`: the store has a newer one, the page was purged after the work began, or
 * another process took over;
 * `forbidden`: its page does not allow it; `failed`: the store failed or took too long.
 */
export type Keeping = 'kept' | 'refused' | 'forbidden' | 'failed';

// A disk stores a picture within some ten milliseconds. Requests wait no longer than this for it.
const patience = milliseconds(1000);

/** Keeps cards in the store and in memory. When the store fails, the card is still sent. */
export class CardKeeping implements AsyncDisposable {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #onFailure: (error: unknown, id: CardId) => void;
  readonly #running = new Set<Promise<unknown>>();

  /** @param onFailure called with each error of the store. */
  constructor(store: Store, clock: Clock, onFailure: (error: unknown, id: CardId) => void) {
    this.#store = store;
    this.#clock = clock;
    this.#onFailure = onFailure;
  }

  /**
   * Keeps the card, or forgets the previous one where the page forbids keeping. Never rejects.
   * @param held the lease that the card was made under.
   */
  async keep(
    state: PageState,
    cached: CachedCard,
    tags?: readonly MetaTag[],
    held?: HeldLease | undefined,
  ): Promise<Keeping> {
    const { card } = cached;
    if (card.policy.storeForbiddenBy !== null) return this.forget(state, card);
    const keeping = this.#keep(cached, tags, held).then((kept) => {
      // Memory may have room when the disk has none. If the store has a newer card, the next request reads that one.
      if (kept === 'refused') state.forgetCard(cardName(card.id));
      else state.keepCard(cached, this.#clock.now());
      return kept;
    });
    held?.coverUntilDone(keeping);
    this.#running.add(keeping);
    void keeping.finally(() => this.#running.delete(keeping));
    return (await resultWithin(patience, keeping)) ?? 'failed';
  }

  /** Forgets the card of this name. Never rejects. */
  async forget(state: PageState, { id, purgeVersion, policy: { receivedAt } }: KeptCard): Promise<'forbidden'> {
    state.forgetCard(cardName(id));
    await this.#store.cards.forget(id, { purgeVersion, receivedAt }).catch((error) => this.#onFailure(error, id));
    return 'forbidden';
  }

  /** Resolves when all writes to the store have ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#running);
  }

  async #keep(
    { card, bytes }: CachedCard,
    tags: readonly MetaTag[] | undefined,
    held: HeldLease | undefined,
  ): Promise<Keeping> {
    try {
      const picture = card.outcome.kind === 'picture' ? bytes : undefined;
      if ((await this.#store.cards.keep(card, picture, { lease: held?.lease, tags })) !== 'kept') return 'refused';
      held?.wasReleased();
      return 'kept';
    } catch (error) {
      this.#onFailure(error, card.id);
      return 'failed';
    }
  }
}
