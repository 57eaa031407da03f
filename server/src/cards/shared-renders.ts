import type { CardId, Outcome } from '../model/card.ts';
import type { Timings } from '../model/card-response.ts';
import { admits } from '../model/picture.ts';
import type { PreparedDocument } from '../render/document/prepare-document.ts';
import { byteLimit } from '../render/encode.ts';
import type { Store } from '../store/ports/store.ts';
import type { Keeping } from './card-keeping.ts';
import type { CachedCard, PageDocument } from './state/cached-card.ts';
import type { PageState } from './state/page-state.ts';

type PictureOutcome = Extract<Outcome, { kind: 'picture' }>;

/** A card that was rendered for its own consumer. */
export interface Rendered {
  readonly kind: 'rendered';
  readonly rendered: CachedCard & { readonly card: { readonly outcome: PictureOutcome } };
  readonly kept: Keeping;
  /** As in `Rendering`. */
  readonly complete: boolean;
  readonly selectorIgnored: string | undefined;
  readonly remarks: readonly string[];
  readonly timings: Timings;
}

/** The picture of another consumer's card, which rendering this one would give too. */
export interface Shared {
  readonly kind: 'shared';
  readonly outcome: PictureOutcome;
  readonly bytes: Buffer;
}

/**
 * One render for all consumers of a response that would get the same picture: uses another consumer's kept or running
 * render if its picture fits, or else renders.
 * @param isNew the response came just now: no card of it is kept.
 * @param render renders the card and keeps it.
 */
export async function sharedRender(
  store: Store,
  state: PageState,
  id: CardId,
  { responseId, purgeVersion }: PageDocument,
  document: PreparedDocument,
  isNew: boolean,
  render: () => Promise<Rendered>,
): Promise<Rendered | Shared> {
  if (document.commonFingerprint === null) return render();
  const looks = isNew ? undefined : keptRender(store, id, responseId, document);
  const kept = await looks?.catch(() => undefined); // reported when the card is kept
  if (kept !== undefined) return kept;
  const flight = state.share(`draw ${responseId} ${document.commonFingerprint}`, purgeVersion, render);
  const rendering = await flight.result;
  if (!flight.joined) return rendering;
  const { bytes, card } = rendering.rendered;
  return serves(card.outcome, document) ? { kind: 'shared', outcome: card.outcome, bytes } : render();
}

async function keptRender(
  store: Store,
  { websiteId, target }: CardId,
  responseId: string,
  document: PreparedDocument,
): Promise<Shared | undefined> {
  for (const { responseId: from, outcome } of await store.cards.ofPage(websiteId, target)) {
    if (from !== responseId || outcome.kind !== 'picture' || !serves(outcome, document)) continue;
    const bytes = await store.pictures.read(outcome.picture);
    if (bytes !== undefined) return { kind: 'shared', outcome, bytes };
  }
  return undefined;
}

/** Whether rendering this document would give the same picture. */
function serves({ common }: PictureOutcome, { commonFingerprint, spec }: PreparedDocument): boolean {
  if (common === null || common.fingerprint !== commonFingerprint) return false;
  return admits(common.limits, byteLimit(spec));
}
