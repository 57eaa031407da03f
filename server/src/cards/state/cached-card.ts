import type { CardId, KeptCard, StoredResponse } from '../../model/card.ts';
import type { FetchedDocument } from '../../model/document.ts';
import type { MetaTag } from '../../model/meta-tag.ts';
import type { Problem } from '../../model/problem.ts';
import type { EpochMs } from '../../model/units.ts';
import type { PageTags } from '../../origin/tags.ts';

/** A kept card with its bytes: what a fresh answer is written from. */
export interface CachedCard {
  readonly card: KeptCard;
  /** Empty for a page that is gone. */
  readonly bytes: Buffer;
}

/** A fetched page: its document, what it says of itself, and how it is judged. */
export interface PageDocument {
  readonly response: StoredResponse;
  readonly responseId: string;
  readonly document: FetchedDocument;
  readonly tags: PageTags;
  /** What it says to networks, for its owner to see. */
  readonly metaTags: readonly MetaTag[];
  /** The purge version from before the fetch. */
  readonly purgeVersion: number;
}

/** A drawing that was not ready in time: it answers for a moment, so that its page is not hammered, and is no card. */
export interface UnfinishedDrawing extends CachedCard {
  readonly until: EpochMs;
}

/** A fetch that failed: others are told so for a moment, so that a broken page is not hammered. */
export interface FailedFetch {
  readonly problem: Problem;
  readonly until: EpochMs;
  /** The purge version from before the fetch. */
  readonly purgeVersion: number;
}

/** What tells the cards of one page apart. */
export function cardName({ consumer, variant }: Pick<CardId, 'consumer' | 'variant'>): string {
  return variant === '' ? consumer : `${consumer}\n${variant}`;
}
