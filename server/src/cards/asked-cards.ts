import type { CardId } from '../model/card.ts';
import type { Clock } from '../model/units.ts';
import type { Store } from '../store/ports/store.ts';
import { cardName } from './state/cached-card.ts';
import type { PageState } from './state/page-state.ts';

interface Asked {
  readonly id: CardId;
  requests: number;
}

// Pages that are remembered while the store fails.
const mostUnwritten = 10_000;
// One transaction of the store: all of them are written, or none.
const writtenAtOnce = 200;

/** Requests per card, counted in memory and written in the background; eviction removes the least recently requested. */
export class AskedCards {
  readonly #store: Store;
  readonly #clock: Clock;
  /** Since the last write. By page, so that a request costs one look-up. */
  #unwritten = new Map<PageState, Map<string, Asked>>();

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  count(state: PageState, id: CardId, requests = 1): void {
    const ofPage = this.#unwritten.get(state) ?? new Map<string, Asked>();
    if (ofPage.size === 0) this.#unwritten.set(state, ofPage);
    const name = cardName(id);
    const asked = ofPage.get(name);
    if (asked === undefined) ofPage.set(name, { id, requests });
    else asked.requests += requests;
  }

  /** The same for a request that got no card: invented addresses fail too, so that these are bounded. */
  countFailed(state: PageState, id: CardId): void {
    if (this.#unwritten.size < mostUnwritten) this.count(state, id);
  }

  /** Writes the counts since the last call. What cannot be written is written with the next call. */
  async write(): Promise<void> {
    const rest = [...this.#unwritten].flatMap(([state, ofPage]) =>
      [...ofPage.values()].map((asked) => ({ state, ...asked })),
    );
    this.#unwritten = new Map();
    try {
      while (rest.length > 0) {
        await this.#store.cards.noteAsked(rest.slice(0, writtenAtOnce), this.#clock.now());
        rest.splice(0, writtenAtOnce);
      }
    } finally {
      for (const { state, id, requests } of rest)
        if (this.#unwritten.size < mostUnwritten) this.count(state, id, requests);
    }
  }
}
