import type { Change } from '../model/change.ts';
import type { Store } from './store.ts';

/** Whatever keeps something in memory that a purge or a change of a website makes void. */
export interface Follower {
  follow(change: Change): void;
}

/** Hands the store's changes, made here or by other processes, to everything that keeps something in memory. */
export class ChangeFeed {
  readonly #store: Store;
  readonly #followers: readonly Follower[];
  #followed = false;

  constructor(store: Store, followers: readonly Follower[]) {
    this.#store = store;
    this.#followers = followers;
  }

  /**
   * Called before anything is answered from memory. Requests of one turn of the event loop share one look: they had
   * all arrived before it.
   */
  follow(): void {
    if (this.#followed) return;
    this.#followed = true;
    setImmediate(() => {
      this.#followed = false;
    });
    for (const change of this.#store.changes()) for (const follower of this.#followers) follower.follow(change);
  }
}
