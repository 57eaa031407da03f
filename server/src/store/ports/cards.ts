import type { CardId, KeptCard, StoredResponse } from '../../model/card.ts';
import type { PurgeScope } from '../../model/change.ts';
import type { EpochMs } from '../../model/units.ts';
import type { Target, WebsiteId } from '../../model/website.ts';
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
   * Replaces the card with the same id; a picture needs `bytes`.
   * If the website has too many pages, the least recently requested are removed.
   * @param lease the card was made under; it is kept only while nobody else holds that lease.
   */
  keep(card: KeptCard, bytes?: Uint8Array, lease?: Lease): Promise<Keeping>;
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
