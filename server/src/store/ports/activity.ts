import type { StoredResponse } from '../../model/card.ts';
import type { Decision, PageDecision, WorkedPage } from '../../model/decision.ts';
import type { MetaTag } from '../../model/meta-tag.ts';
import type { Picture } from '../../model/picture.ts';
import type { EpochMs } from '../../model/units.ts';
import type { Target, WebsiteId } from '../../model/website.ts';

/**
 * `fresh`: sent as it is; `stale`: renewed with the next request; `failing`: the last attempt failed, even if the page
 * never worked.
 */
export type PageState = 'fresh' | 'stale' | 'failing' | 'gone';

/** Why the last attempt gave no card, and for which network. */
export interface PageFailure {
  readonly kind: 'failed' | 'unfinished' | 'gone';
  readonly at: EpochMs;
  /** The site's status code; null where it was not asked or did not answer. */
  readonly status: number | null;
  /** A sentence. */
  readonly failure: string;
  readonly consumer: string | null;
}

/** What is known of a page besides its cards. */
export interface PageCondition {
  /** Whether the last attempt gave no card; null where it worked. */
  readonly trouble: 'failing' | 'gone' | null;
  /** Whether a purge covers it, and no card was kept since. */
  readonly isPurged: boolean;
}

/** A page in a list. Missing times are null. */
export interface ListedPage extends PageCondition {
  readonly target: Target;
  /** Of the document that was last read, on one line and at most 200 characters. */
  readonly title: string | null;
  readonly state: PageState;
  /** Of the last attempt, where that gave no card. */
  readonly failure: PageFailure | null;
  /** The newest response of which a card is kept. */
  readonly response: StoredResponse | null;
  readonly freshUntil: EpochMs | null;
  readonly drawnAt: EpochMs | null;
  readonly askedAt: EpochMs;
  readonly requests: number;
  /** Its kept cards, the generic one first. */
  readonly cards: ReadonlyArray<{
    readonly consumer: string;
    readonly variant: string;
    readonly picture: Picture | null;
  }>;
}

export interface PageQuery {
  /** A part of the target, or of the title, where escapes of addresses are read; empty for all. */
  readonly search: string;
  readonly state: PageState | null;
  readonly sort: 'target' | 'drawn' | 'asked' | 'requests';
  readonly order: 'asc' | 'desc';
  readonly limit: number;
  /** `next` of the previous rows; null for the first ones. */
  readonly after: PageCursor | null;
}

/** The position of the last row: its sort value and its id. */
export interface PageCursor {
  readonly value: string | number;
  readonly id: number;
}

export interface PageList {
  readonly pages: readonly ListedPage[];
  /** Null at the end. */
  readonly next: PageCursor | null;
}

/** What is stored about a page besides its cards. */
export interface PageRecord {
  /** Null where nothing was ever stored about the page. */
  readonly condition: PageCondition | null;
  /** The meta tags of the last fetched document; null if unknown. */
  readonly tags: readonly MetaTag[] | null;
  readonly requests: ReadonlyArray<{ readonly consumer: string; readonly requests: number }>;
  /** When one of its cards was last requested; null if the page is unknown. */
  readonly askedAt: EpochMs | null;
}

/** A page whose last attempt failed. */
export interface FailingPage extends PageFailure {
  readonly target: Target;
}

/** Counts of one website, day and consumer; also used for increments. */
export interface Counts {
  readonly requests: number;
  readonly hits: number;
  /** Of the hits, those that got an old card because its renewal took longer than the website's patience. */
  readonly slow: number;
  /** Requests that got a kept card after the site was asked: it did not change, or failed. */
  readonly checked: number;
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

/** Number of renders per bucket of render times; see usage/render-times.ts. */
export interface RenderTimesRow {
  readonly websiteId: WebsiteId;
  readonly day: number;
  readonly bucket: number;
  readonly count: number;
}

/** As `UsageRow`, of one hour. */
export interface HourlyUsageRow extends Counts {
  readonly websiteId: WebsiteId;
  /** Hours since the epoch, UTC. */
  readonly hour: number;
  readonly consumer: string;
}

/** As `RenderTimesRow`, of one hour. */
export interface HourlyRenderTimesRow {
  readonly websiteId: WebsiteId;
  readonly hour: number;
  readonly bucket: number;
  readonly count: number;
}

export interface HourlyUsage {
  readonly usage: readonly HourlyUsageRow[];
  readonly renderTimes: readonly HourlyRenderTimesRow[];
}

/** What was done about pages, for their owners. */
export interface Activity {
  /**
   * Stores decisions: the last twenty of each page, and a bounded number per website, so that a flood cannot fill the disk.
   * A failure, or an incomplete or empty drawing, makes a page failing unless it worked later, whichever was written
   * first; an answer of 404 or 410 makes it gone. Of pages that never worked, the last thousand that were asked for are
   * kept; they do not count towards the website's page limit.
   * @param worked pages of which nothing may be stored: those that are listed are not failing any more.
   */
  noteDecisions(decisions: readonly PageDecision[], worked?: readonly WorkedPage[]): Promise<void>;
  /** The kept decisions of a page and the purges that cover it, newest first. */
  decisionsOf(websiteId: WebsiteId, target: Target): Promise<Decision[]>;

  /** Pages of a website that have a card, or whose last attempt gave none, sorted, a page of results at a time. */
  listPages(websiteId: WebsiteId, query: PageQuery, now: EpochMs): Promise<PageList>;
  /** Failing pages, including those that never worked: how many, and the newest few. */
  failingPages(websiteId: WebsiteId, limit: number): Promise<{ count: number; newest: readonly FailingPage[] }>;
  pageRecord(websiteId: WebsiteId, target: Target): Promise<PageRecord>;

  /** Adds to the counts of the hours and of their days. Those of hours are kept for five days, those of days for a year. */
  noteUsage(usage: readonly HourlyUsageRow[], renderTimes: readonly HourlyRenderTimesRow[]): Promise<void>;
  /** Counts from `hour` on; none for an unknown website. */
  hourlyUsageOf(websiteIds: readonly WebsiteId[], hour: number): Promise<HourlyUsage>;
  /** Counts from `day` on; none for an unknown website. */
  usageOf(
    websiteIds: readonly WebsiteId[],
    day: number,
  ): Promise<{ usage: readonly UsageRow[]; renderTimes: readonly RenderTimesRow[] }>;
}
