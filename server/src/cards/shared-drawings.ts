import { SingleFlight } from '../concurrency/single-flight.ts';
import type { CardId, Outcome } from '../model/card.ts';
import type { Timings } from '../model/card-response.ts';
import type { PreparedDocument } from '../render/document/prepare-document.ts';
import { byteLimit } from '../render/encode.ts';
import type { Store } from '../store/ports/store.ts';
import type { CachedCard } from './kept-memory.ts';

export type PictureOutcome = Extract<Outcome, { kind: 'picture' }>;

/** A card that was drawn for its own consumer. */
export interface Drawn {
  readonly kind: 'drawn';
  readonly entry: CachedCard & { readonly card: { readonly outcome: PictureOutcome } };
  readonly stored: boolean;
  /** As in `Rendering`. */
  readonly complete: boolean;
  readonly selectorIgnored: string | undefined;
  readonly timings: Timings;
}

/** The picture of another consumer's card, which this one's would come to be. */
export interface Shared {
  readonly kind: 'shared';
  readonly outcome: PictureOutcome;
  readonly bytes: Buffer;
}

/** One drawing for all consumers of a response that would get the same picture. */
export class SharedDrawings {
  readonly #store: Store;
  readonly #flights = new SingleFlight<Drawn>();

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * The drawing that another consumer of the response has, or waits for, where it is this one's too; else its own.
   * @param responseId names the response that the document came with.
   * @param draw draws the card, and keeps it.
   */
  async obtain(
    id: CardId,
    responseId: string,
    document: PreparedDocument,
    draw: () => Promise<Drawn>,
  ): Promise<Drawn | Shared> {
    if (document.commonFingerprint === null) return draw();
    const kept = await this.#kept(id, responseId, document);
    if (kept !== undefined) return kept;
    const flight = this.#flights.run(`${responseId}\n${document.commonFingerprint}`, draw);
    const drawn = await flight.result;
    if (!flight.joined) return drawn;
    const { bytes, card } = drawn.entry;
    return serves(card.outcome, document) ? { kind: 'shared', outcome: card.outcome, bytes } : draw();
  }

  async #kept({ websiteId, target }: CardId, responseId: string, document: PreparedDocument) {
    const cards = await this.#store.cards.ofPage(websiteId, target);
    for (const { responseId: from, outcome } of cards) {
      if (from !== responseId || outcome.kind !== 'picture' || !serves(outcome, document)) continue;
      const bytes = await this.#store.pictures.read(outcome.picture);
      if (bytes !== undefined) return { kind: 'shared', outcome, bytes } as const;
    }
    return undefined;
  }
}

/** Whether drawing this document would bring the same picture. */
function serves({ common }: PictureOutcome, { commonFingerprint, spec }: PreparedDocument): boolean {
  if (common === null || common.fingerprint !== commonFingerprint) return false;
  const { least, below } = common.limits;
  const limit = byteLimit(spec);
  return limit >= least && (below === null || limit < below);
}
