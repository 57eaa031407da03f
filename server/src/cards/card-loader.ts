import type { CardId, KeptCard } from '../model/card.ts';
import type { Clock } from '../model/units.ts';
import type { Store } from '../store/ports/store.ts';
import { type CachedCard, cardName } from './state/cached-card.ts';
import type { PageState } from './state/page-state.ts';
import type { PageStates } from './state/page-states.ts';

/** Reads kept cards from the store into memory. */
export class CardLoader {
  readonly #store: Store;
  readonly #states: PageStates;
  readonly #clock: Clock;
  readonly #onFailure: (error: unknown, id: CardId) => void;

  /** @param onFailure called when the store fails: the card then counts as not kept. */
  constructor(store: Store, states: PageStates, clock: Clock, onFailure: (error: unknown, id: CardId) => void) {
    this.#store = store;
    this.#states = states;
    this.#clock = clock;
    this.#onFailure = onFailure;
  }

  /** The card in memory, or in the store. Never rejects. */
  async find(state: PageState, id: CardId): Promise<CachedCard | undefined> {
    const name = cardName(id);
    const known = state.card(name);
    if (known !== undefined) return known;
    return state.share(`load ${name}`, this.#states.newest, () => this.read(state, id)).result;
  }

  /**
   * The card in the store, which another process may have renewed. Never rejects.
   * @param known its bytes are used where the store has the same picture.
   */
  async read(state: PageState, id: CardId, known?: CachedCard): Promise<CachedCard | undefined> {
    const purgeVersion = this.#states.newest;
    try {
      const found = await this.#store.cards.find(id);
      return found && (await this.load(state, found, purgeVersion, known));
    } catch (error) {
      this.#onFailure(error, id); // the store failed: render the card
      return undefined;
    }
  }

  /**
   * A card that was read from the store, with its picture. Never rejects: without its picture, it counts as not kept.
   * @param purgeVersion the newest one that this process knew before the card was read.
   */
  async load(
    state: PageState,
    found: KeptCard,
    purgeVersion: number,
    known?: CachedCard,
  ): Promise<CachedCard | undefined> {
    try {
      const bytes = await this.#bytesOf(found, known);
      if (bytes === undefined) return undefined;
      // The store found no purge that covers it up to this version, so the card is as good as one begun now.
      const cached = { card: { ...found, purgeVersion: Math.max(found.purgeVersion, purgeVersion) }, bytes };
      state.keepCard(cached, this.#clock.now());
      return cached;
    } catch (error) {
      this.#onFailure(error, found.id);
      return undefined;
    }
  }

  async #bytesOf({ outcome }: KeptCard, known: CachedCard | undefined): Promise<Buffer | undefined> {
    if (outcome.kind === 'gone') return Buffer.alloc(0);
    const same = known?.card.outcome.kind === 'picture' && known.card.outcome.picture.hash === outcome.picture.hash;
    return same ? known.bytes : this.#store.pictures.read(outcome.picture);
  }
}
