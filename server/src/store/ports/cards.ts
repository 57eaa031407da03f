import type { CardId, KeptCard, StoredResponse } from '../../model/card.ts';
import type { EpochMs } from '../../model/units.ts';
import type { Target, WebsiteId } from '../../model/website.ts';

/**
 * What became of a card that was to be kept. Only `kept` leaves it in the store.
 * `purged`: a purge that covers the page came after the card's fetch began. `older`: the store has a card of a newer
 * response. `gone`: the website was removed.
 */
export type Keeping = 'kept' | 'purged' | 'older' | 'gone';

/** What was asked for since it was last written down. */
export interface Asked {
  readonly id: CardId;
  readonly requests: number;
}

/**
 * Kept cards. A picture is in the store, whole and synced, before the record that points at it; a crash between the two
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
   */
  keep(card: KeptCard, bytes?: Uint8Array): Promise<Keeping>;
  /** A `304` renewed the response: every card of the page drawn from `responseId` has it from now on. */
  renew(websiteId: WebsiteId, target: Target, responseId: string, response: StoredResponse): Promise<void>;
  forget(id: CardId): Promise<void>;
  /** The cards were asked for until `at`; what was not asked for longest is evicted first. */
  noteAsked(cards: Iterable<Asked>, at: EpochMs): Promise<void>;
}
