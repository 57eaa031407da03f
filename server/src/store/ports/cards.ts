import type { CardId, KeptCard, StoredResponse } from '../../model/card.ts';
import type { EpochMs } from '../../model/units.ts';
import type { Target, WebsiteId } from '../../model/website.ts';
import type { Lease } from './leases.ts';

/**
 * What became of a card that was to be kept. Only `kept` leaves it in the store.
 * `purged`: a purge that covers the page came after the card's fetch began. `older`: the store has this card of a newer
 * response. `gone`: the website was removed. `late`: another holder has the lease that the card was made under.
 */
export type Keeping = 'kept' | 'purged' | 'older' | 'gone' | 'late';

/** Where a response stands in the order of purges and responses. */
export interface ResponseOrder {
  /** From before its fetch began. */
  readonly purgeVersion: number;
  /** When it was received, or renewed by a `304`. */
  readonly receivedAt: EpochMs;
}

/** What was asked for since it was last written down. */
export interface Asked {
  readonly id: CardId;
  readonly requests: number;
}

/**
 * Kept cards. Whatever order writes arrive in, a purge wins over what began before it, and a newer response over an older
 * one: `policy.receivedAt` says which is newer, and of two that were received at once the one that is kept last stays. A
 * record of a time that is still to come was written before the clock was set back, and counts as older.
 *
 * A picture is in the store, whole and synced, before the record that points at it; a crash between the two
 * leaves a picture that nothing points at, which `Store.sweep` removes.
 */
export interface CardRecords {
  /** The card, unless there is none or a purge has made it void. */
  find(id: CardId): Promise<KeptCard | undefined>;
  /** Every card of a page that a purge has not made void. */
  ofPage(websiteId: WebsiteId, target: Target): Promise<KeptCard[]>;
  /**
   * Keeps a card in place of the one with the same id; `bytes` must be given for a picture.
   * Where the website has more pages than it may, those that were not asked for longest go.
   * @param lease that the card was made under: it is kept only as long as nobody else has it.
   */
  keep(card: KeptCard, bytes?: Uint8Array, lease?: Lease): Promise<Keeping>;
  /**
   * A `304` renewed the response: every card of the page drawn from `responseId` that is not void or renewed later has it
   * from now on.
   */
  renew(websiteId: WebsiteId, target: Target, responseId: string, response: StoredResponse): Promise<void>;
  /** A response says that the card may not be kept: it goes, unless it comes from a newer one. */
  forget(id: CardId, by: ResponseOrder): Promise<void>;
  /** The cards were asked for until `at`; what was not asked for longest is evicted first. */
  noteAsked(cards: Iterable<Asked>, at: EpochMs): Promise<void>;
}
