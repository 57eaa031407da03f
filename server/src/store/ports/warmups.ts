import type { EpochMs, Milliseconds } from '../../model/units.ts';
import type { Target, WebsiteId } from '../../model/website.ts';

/** `waiting`, `reading` (its sitemap) and `drawing` go on; the others have ended. A stopped or failed one can go on later. */
export type WarmupState = 'waiting' | 'reading' | 'drawing' | 'done' | 'stopped' | 'failed';

interface NewWarmup {
  readonly websiteId: WebsiteId;
  /** The address of a sitemap; null to find the website's own. */
  readonly sitemap: string | null;
  /** The pages to warm instead of a sitemap's; null for a sitemap. */
  readonly targets: readonly Target[] | null;
  /** Names of consumers. */
  readonly consumers: readonly string[];
  readonly createdAt: EpochMs;
}

export interface WarmupCounts {
  readonly total: number;
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
}

export interface Warmup extends NewWarmup {
  readonly id: number;
  readonly state: WarmupState;
  /** Why it failed, or what was left out; null where there is nothing to say. */
  readonly note: string | null;
  readonly endedAt: EpochMs | null;
  /** Time spent on its pages so far. */
  readonly spent: Milliseconds;
  readonly pages: WarmupCounts;
}

/** What became of a page. */
export interface WarmedPage {
  readonly target: Target;
  readonly outcome: 'done' | 'skipped' | 'failed';
  /** A sentence where there is something to say. */
  readonly why: string | null;
}

/** Warm-ups and their pages, so that a restarted service goes on where it was. They are deleted with their website. */
export interface Warmups {
  /** Returns its id; undefined if another one of the website goes on, or the website was removed. */
  create(warmup: NewWarmup): Promise<number | undefined>;
  find(websiteId: WebsiteId, id: number): Promise<Warmup | undefined>;
  /** Newest first. */
  of(websiteId: WebsiteId, limit: number): Promise<Warmup[]>;
  /** Those that go on, of all websites, oldest first. */
  unfinished(limit: number): Promise<Warmup[]>;
  stateOf(id: number): Promise<WarmupState | undefined>;

  /** Moves it on, if it still goes on; returns whether it did. `ended` gives the time of an end. */
  change(id: number, state: WarmupState, note: string | null, ended: EpochMs | null): Promise<boolean>;
  /**
   * Makes a stopped or failed one wait again, with its failed pages as open ones. Returns false if it did not end so, or
   * another one of the website goes on.
   */
  resume(id: number): Promise<boolean>;

  /** Adds pages that it does not have yet. */
  addPages(id: number, targets: readonly Target[]): Promise<void>;
  /** Pages that are not done, in the order in which they were added. */
  openPages(id: number, limit: number): Promise<Target[]>;
  notePage(id: number, page: WarmedPage, spent: Milliseconds): Promise<void>;
  /** Pages with something to say about them, failures first. */
  remarks(id: number, limit: number): Promise<WarmedPage[]>;
  /** Removes those that ended before `before`. */
  forget(before: EpochMs): Promise<void>;
}
