import type { Actor } from '../../model/audit.ts';
import type { Change, PurgeScope } from '../../model/change.ts';
import type { Target, WebsiteId } from '../../model/website.ts';

/** A page's position in the order of purges. */
export interface PurgeState {
  /** The newest purge version; new work carries it. */
  readonly purgeVersion: number;
  /** The version of the newest purge that covers the page; 0 without one. */
  readonly covering: number;
  /** A purge covers the page and no card was kept since: the next fetch must bypass caches. */
  readonly purged: boolean;
}

/** Purges, and other changes that every process with a memory cache must follow. */
export interface ChangeLog {
  /**
   * Takes effect everywhere before the promise resolves, however many pages it covers: nothing is deleted, all of it
   * becomes void. Returns its purge version.
   * @param by who asked for it: the page's history says so.
   */
  purge(websiteId: WebsiteId, scope: PurgeScope, by?: Actor | null): Promise<number>;
  purgeState(websiteId: WebsiteId, target: Target): Promise<PurgeState>;
  /** The version of the newest change that was delivered to listeners. What is read from now on is no older. */
  readonly newest: number;
  /**
   * Calls the listener with every change by any process, once and in order. Changes made through this store reach it
   * before their promise resolves. It must not throw.
   */
  listen(listener: (change: Change) => void): Disposable;
  /**
   * Called before anything is served from memory. Delivers pending changes to listeners and returns whether all were
   * delivered; if not, memory may be outdated. Synchronous, takes microseconds when nothing changed, never throws.
   */
  catchUp(): boolean;
}
