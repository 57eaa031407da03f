import type { CardId, KeptCard, StoredResponse } from '../../model/card.ts';
import type { PurgeScope } from '../../model/change.ts';
import type { MetaTag } from '../../model/meta-tag.ts';
import type { EpochMs, Milliseconds } from '../../model/units.ts';
import type { Target, WebsiteId } from '../../model/website.ts';
import type { PurgeState } from './changes.ts';
import type { Lease } from './leases.ts';

/**
 * The result of keeping a card. Only `kept` leaves it in the store.
 * `purged`: a purge that covers the page came after the card's fetch began. `older`: the store has this card of a newer
 * response. `gone`: the website was removed. `late`: another holder has the lease that the card was made under.
 */
export type Keeping = 'kept' | 'purged' | 'older' | 'gone' | 'late';

/** A response's position in the order of purges and responses. */
export interface ResponseOrder {
  /** From before its fetch began. */
  readonly purgeVersion: number;
  /** When it was received, or renewed by a `304`. */
  readonly receivedAt: EpochMs;
}

/** What whoever wants to make a card begins with. */
interface CardTurn {
  /** The right to make it; undefined while another holder has it. */
  readonly lease: Lease | undefined;
  /** From before the lease. */
  readonly purge: PurgeState;
  /** As `find` gives it, read after the lease was asked for: what an earlier holder kept is there. */
  readonly card: KeptCard | undefined;
}

/** What belongs to a card that is kept. */
export interface KeepOptions {
  /** The card was made under it: it is kept only while nobody else holds that lease. Once kept, the lease is released. */
  readonly lease?: Lease | undefined;
  /** The tags of the page's document, and so its title; without them, those of before stay. */
  readonly tags?: readonly MetaTag[] | undefined;
}

/** A `304` confirmed a response: every card of the page that was rendered from it has a new head and policy. */
export interface Renewal {
  readonly websiteId: WebsiteId;
  readonly target: Target;
  readonly responseId: string;
  readonly response: StoredResponse;
}

/** Requests per card since the last write. */
export interface Asked {
  readonly id: CardId;
  readonly requests: number;
}

/**
 * Kept cards. In whatever order writes arrive, a purge wins over work that began before it, and a newer response over an
 * older one, by `policy.receivedAt`; of two received at the same moment, the last write wins. A record dated in the future
 * was written before the clock was set back, and counts as older.
 *
 * A picture is stored and synced before the record that refers to it. A crash between the two leaves an unreferenced
 * picture, which `Store.sweep` removes.
 */
export interface CardRecords {
  /** The card, unless there is none or a purge made it void. */
  find(id: CardId): Promise<KeptCard | undefined>;
  /** Every card of a page that is not void. */
  ofPage(websiteId: WebsiteId, target: Target): Promise<KeptCard[]>;
  /** How many cards a purge of this scope would make void. Counting ends at `most`: a website may have a million. */
  count(websiteId: WebsiteId, scope: PurgeScope, most: number): Promise<number>;
  /**
   * Asks for the lease to make the card, which expires after `ttl` as those of `Leases` do. What began before a purge is
   * worth nothing after it: of each version of the page there is another lease.
   */
  takeTurn(id: CardId, ttl: Milliseconds): Promise<CardTurn>;
  /**
   * Replaces the card with the same id; a picture needs `bytes`.
   * If the website has too many pages, the least recently requested are removed.
   */
  keep(card: KeptCard, bytes?: Uint8Array, options?: KeepOptions): Promise<Keeping>;
  /**
   * After `304`s: updates every card that was rendered from one of the responses, unless it is void or was renewed later.
   * Each renewal stands for itself; if the store fails, some may be written and others not.
   */
  renew(renewals: readonly Renewal[]): Promise<void>;
  /** For a response that forbids keeping: removes the card, unless it is of a newer response. */
  forget(id: CardId, by: ResponseOrder): Promise<void>;
  /** Records requests up to `at`; eviction removes the least recently requested cards first. */
  noteAsked(cards: Iterable<Asked>, at: EpochMs): Promise<void>;
}
