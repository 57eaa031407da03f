import type { Change, PurgeScope } from '../../model/change.ts';
import type { Target, WebsiteId } from '../../model/website.ts';

/** Where a page stands in the order of purges. */
export interface PurgeState {
  /** The newest purge version of all: what begins now carries it. */
  readonly purgeVersion: number;
  /** A purge covers the page and nothing of it was kept since: the next fetch must pass every cache on its way. */
  readonly purged: boolean;
}

/** Purges, and what else every process that remembers something must hear of. */
export interface ChangeLog {
  /**
   * Holds everywhere when the promise resolves, whatever the number of pages: nothing is deleted, all of it becomes
   * void. Gives its purge version.
   */
  purge(websiteId: WebsiteId, scope: PurgeScope): Promise<number>;
  purgeState(websiteId: WebsiteId, target: Target): Promise<PurgeState>;
  /**
   * From now on the listener is called with every change, by this process and all others, once and in order. Changes that
   * were made through this store have reached it when their promise resolves. It must not throw.
   */
  listen(listener: (change: Change) => void): Disposable;
  /**
   * Called before anything is answered from memory. Hands changes that listeners have not heard of to them, and gives
   * whether they have heard of all: otherwise what is in memory may be void. Synchronous, microseconds where nothing
   * changed, never throws.
   */
  catchUp(): boolean;
}
