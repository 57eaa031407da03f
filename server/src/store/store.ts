import type { Dialect } from 'kysely';
import type { Basis, CardId, KeptCard } from '../model/card.ts';
import type { Change, PurgeScope } from '../model/change.ts';
import type { Decision, PageDecision } from '../model/decision.ts';
import type { PersonId } from '../model/identity.ts';
import type { MetaTag } from '../model/meta-tag.ts';
import type { Picture } from '../model/picture.ts';
import type { EpochMs } from '../model/units.ts';
import type {
  Connection,
  HostName,
  Origin,
  PublicKey,
  Target,
  Website,
  WebsiteId,
  WebsiteSettings,
} from '../model/website.ts';
import type { Members } from './members.ts';

/** Where a page stands in the order of purges. */
export interface PagePosition {
  /** The sequence number of the newest purge of all. */
  readonly mark: number;
  /** A purge covers the page and nothing of it was kept since: the next fetch must pass every cache on its way. */
  readonly purged: boolean;
}

export interface NewWebsite {
  readonly origin: Origin;
  readonly connection: Connection;
  readonly publicKey: PublicKey;
  readonly createdAt: number;
}

/** One of the keys of a website. */
export interface Key {
  readonly publicKey: PublicKey;
  readonly websiteId: WebsiteId;
  readonly createdAt: EpochMs;
  /** Null while it is good. */
  readonly revokedAt: EpochMs | null;
}

/** What was asked for since it was last written down. */
export interface Asked {
  readonly id: CardId;
  readonly requests: number;
}

/** `fresh`: sent as it is; `stale`: asked for again with the next request; `failing`: the last try failed. */
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

export interface SweepResult {
  readonly recordsRemoved: number;
  readonly picturesRemoved: number;
  /** Bytes of pictures that are kept afterwards. */
  readonly bytesKept: number;
}

/**
 * What is kept between requests and restarts. Small on purpose: the verbs that cards and websites need.
 * Several processes may hold the same store; what one changes, the others see at once through `changes()`.
 *
 * Order of writing: a picture is on disk, whole and synced, before the record that points at it; a crash between
 * the two leaves a picture that nothing points at, which `sweep` removes.
 */
export interface Store extends AsyncDisposable {
  /** Who may do what with which website. */
  readonly members: Members;
  /** Where better-auth keeps accounts, sessions and keys of persons; single statements, no transactions. */
  readonly accounts: { readonly dialect: Dialect; readonly type: 'sqlite' };

  /** The card, unless there is none or a purge has made it void. */
  find(id: CardId): Promise<KeptCard | undefined>;
  /** Every card of a page that a purge has not made void. */
  cardsOf(websiteId: WebsiteId, target: Target): Promise<KeptCard[]>;
  /**
   * Keeps a card in place of the one with the same id; `bytes` must be given for a picture.
   * Where the website has more pages than it may, those that were not asked for longest go.
   * Gives false, and keeps nothing, where a purge that covers the page is newer than `card.mark` or the website is gone.
   */
  keep(card: KeptCard, bytes?: Uint8Array): Promise<boolean>;
  /** A `304` renewed the response: every card of the page drawn from `responseId` gets the new basis. */
  renew(websiteId: WebsiteId, target: Target, responseId: string, basis: Basis): Promise<void>;
  forget(id: CardId): Promise<void>;
  /** The bytes, or undefined where the file is missing or is not what the hash says (the card then counts as not kept). */
  picture(picture: Picture): Promise<Buffer | undefined>;
  /** The cards were asked for until `at`; what was not asked for longest is evicted first. */
  asked(cards: Iterable<Asked>, at: EpochMs): Promise<void>;

  /** Writes decisions down; of each page the last twenty are kept, of each website so many that no flood fills the disk. */
  noteDecisions(decisions: readonly PageDecision[]): Promise<void>;
  /** The kept decisions of a page and the purges that cover it, newest first. */
  decisionsOf(websiteId: WebsiteId, target: Target): Promise<Decision[]>;

  /** Pages of a website of which something is kept, in order, so many at a time however many there are. */
  listPages(websiteId: WebsiteId, query: PageQuery, now: EpochMs): Promise<PageList>;
  /** Pages of which something is kept and whose last try failed: how many, and the newest few. */
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

  position(websiteId: WebsiteId, target: Target): Promise<PagePosition>;
  /** Takes hold before the promise resolves, whatever the number of pages: nothing is deleted, all of it becomes void. */
  purge(websiteId: WebsiteId, scope: PurgeScope): Promise<void>;
  /**
   * What changed since the last call, by this process and all others, oldest first. Synchronous and cheap
   * (microseconds) where nothing changed: it is called before cards are served from memory.
   */
  changes(): readonly Change[];

  /** Removes void records and pictures that nothing points at; then evicts down to `budget` bytes. */
  sweep(budget: number, now: EpochMs): Promise<SweepResult>;

  /**
   * Undefined, and nothing made, where the origin, the connection or the key is taken. The website is the owner's; where
   * none is named, the first account's, as soon as there is one.
   */
  createWebsite(website: NewWebsite, owner?: PersonId): Promise<Website | undefined>;
  websites(): Promise<Website[]>;
  websiteById(id: WebsiteId): Promise<Website | undefined>;
  websiteByConnection(connection: Connection): Promise<Website | undefined>;
  /** The website that a key names; undefined for a key that was revoked. */
  websiteByPublicKey(publicKey: PublicKey): Promise<Website | undefined>;
  websiteByOrigin(origin: Origin): Promise<Website | undefined>;
  websiteByOwnHost(host: HostName): Promise<Website | undefined>;
  /** Host names that stand for a connection address. Synchronous: asked for before a request is taken for anything. */
  ownHosts(): ReadonlySet<string>;
  /**
   * Settings that are not named stay as they are. Another `viewportWidth` purges the website with it: a picture of another
   * width is none that its owner would call kept. Gives false, and changes nothing, where `ownHost` is another's.
   */
  changeSettings(websiteId: WebsiteId, settings: Partial<WebsiteSettings>): Promise<boolean>;
  /** Puts a picture on disk that settings are to point at: within minutes, or it is swept. */
  keepPicture(picture: Picture, bytes: Uint8Array): Promise<void>;
  /** One more key of a website, beside those that it has. Gives false where the key is taken or the website gone. */
  createKey(websiteId: WebsiteId, publicKey: PublicKey, at: EpochMs): Promise<boolean>;
  /** The key, revoked or not. */
  findKey(publicKey: PublicKey): Promise<Key | undefined>;
  /** Every key of a website, revoked ones too, oldest first. */
  keysOf(websiteId: WebsiteId): Promise<Key[]>;
  /** From now on the key is good for nothing, in every process. Gives false where it is not there or not good already. */
  revokeKey(publicKey: PublicKey, at: EpochMs): Promise<boolean>;
  /** The website and all that is kept of it; gives false where there is none. */
  removeWebsite(origin: Origin): Promise<boolean>;

  /** Rejects, saying why, where the store cannot be read and written. For `/readyz`. */
  check(): Promise<void>;
}
