import type { Decision, PageDecision } from '../../model/decision.ts';
import type { MetaTag } from '../../model/meta-tag.ts';
import type { Picture } from '../../model/picture.ts';
import type { EpochMs } from '../../model/units.ts';
import type { Target, WebsiteId } from '../../model/website.ts';

/**
 * `fresh`: sent as it is; `stale`: asked for again with the next request; `failing`: the last try failed, though nothing
 * of the page may ever have worked.
 */
export type PageState = 'fresh' | 'stale' | 'failing' | 'gone';

/** A page as it is listed. Times are null where there is none. */
export interface ListedPage {
  readonly target: Target;
  readonly state: PageState;
  readonly freshUntil: EpochMs | null;
  readonly drawnAt: EpochMs | null;
  readonly askedAt: EpochMs;
  readonly requests: number;
  /** The cards that are kept of it, the generic one first. */
  readonly cards: ReadonlyArray<{
    readonly consumer: string;
    readonly variant: string;
    readonly picture: Picture | null;
  }>;
}

export interface PageQuery {
  /** A part of the target; empty for all. */
  readonly search: string;
  readonly state: PageState | null;
  readonly sort: 'target' | 'drawn' | 'asked' | 'requests';
  readonly order: 'asc' | 'desc';
  readonly limit: number;
  /** `next` of the rows before; null for the first ones. */
  readonly after: PageCursor | null;
}

/** The last row that was given: by what it is sorted, and which it is. */
export interface PageCursor {
  readonly value: string | number;
  readonly id: number;
}

export interface PageList {
  readonly pages: readonly ListedPage[];
  /** Null at the end. */
  readonly next: PageCursor | null;
}

/** What is remembered of a page beside its cards. */
export interface PageRecord {
  /** The meta tags of the document that was fetched last; null where nothing is known of them. */
  readonly tags: readonly MetaTag[] | null;
  readonly requests: ReadonlyArray<{ readonly consumer: string; readonly requests: number }>;
  /** When a card of it was asked for last; null where nothing is known of the page. */
  readonly askedAt: EpochMs | null;
}

/** A page whose last try failed. */
export interface FailingPage {
  readonly target: Target;
  readonly at: EpochMs;
  /** A sentence. */
  readonly failure: string;
}

/** Counts of one website, day and consumer; also how much they grew by. */
export interface Counts {
  readonly requests: number;
  readonly hits: number;
  readonly renders: number;
  readonly revalidations: number;
  readonly fetches: number;
  readonly failures: number;
}

export interface UsageRow extends Counts {
  readonly websiteId: WebsiteId;
  /** Days since the epoch, UTC. */
  readonly day: number;
  readonly consumer: string;
}

/** How many drawings took about as long; see usage/render-times.ts for the buckets. */
export interface RenderTimesRow {
  readonly websiteId: WebsiteId;
  readonly day: number;
  readonly bucket: number;
  readonly count: number;
}

/** What was done about pages, for their owners to see. */
export interface Activity {
  /**
   * Writes decisions down; of each page the last twenty are kept, of each website so many that no flood fills the disk.
   * A failure makes a page failing unless it worked later, whichever was written first. Of pages that never worked the
   * last thousand that failed are remembered, and they take no place of others.
   */
  noteDecisions(decisions: readonly PageDecision[]): Promise<void>;
  /** The kept decisions of a page and the purges that cover it, newest first. */
  decisionsOf(websiteId: WebsiteId, target: Target): Promise<Decision[]>;

  /** Pages of a website of which something is kept or whose last try failed, in order, so many at a time however many there are. */
  listPages(websiteId: WebsiteId, query: PageQuery, now: EpochMs): Promise<PageList>;
  /** Pages whose last try failed, from the first one on: how many, and the newest few. */
  failingPages(websiteId: WebsiteId, limit: number): Promise<{ count: number; newest: readonly FailingPage[] }>;
  pageRecord(websiteId: WebsiteId, target: Target): Promise<PageRecord>;
  /** What the page's document says of itself; without effect where nothing of the page is kept. */
  noteTags(websiteId: WebsiteId, target: Target, tags: readonly MetaTag[]): Promise<void>;

  /** Adds to what is counted. */
  noteUsage(usage: readonly UsageRow[], renderTimes: readonly RenderTimesRow[]): Promise<void>;
  /** Counts from `day` on; of a website that is not there, none. */
  usageOf(
    websiteIds: readonly WebsiteId[],
    day: number,
  ): Promise<{ usage: readonly UsageRow[]; renderTimes: readonly RenderTimesRow[] }>;
}
