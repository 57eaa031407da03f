import type { CardId, KeptCard, StoredResponse } from '../../model/card.ts';
import type { FetchedDocument } from '../../model/document.ts';
import type { MetaTag } from '../../model/meta-tag.ts';
import type { EpochMs } from '../../model/units.ts';
import type { FetchProblem } from '../../origin/fetch-problem.ts';
import type { PageTags } from '../../origin/tags.ts';

/** A kept card with its bytes, ready to be sent. */
export interface CachedCard {
  readonly card: KeptCard;
  /** Empty for a page that is gone. */
  readonly bytes: Buffer;
}

/** A fetched page: its document, its tags, and how it is judged. */
export interface PageDocument {
  readonly response: StoredResponse;
  readonly responseId: string;
  readonly document: FetchedDocument;
  readonly tags: PageTags;
  /** The tags that networks read, for its owner. */
  readonly metaTags: readonly MetaTag[];
  /** The purge version from before the fetch. */
  readonly purgeVersion: number;
}

/** An incomplete or empty render: sent for a few seconds, so that its page is not hammered, but never kept. */
export interface UnfinishedRender extends CachedCard {
  readonly until: EpochMs;
}

/** A failed fetch: repeated to others for a moment, so that a broken page is not hammered. */
export interface FailedFetch {
  readonly problem: FetchProblem;
  readonly until: EpochMs;
  /** The purge version from before the fetch. */
  readonly purgeVersion: number;
}

/** The key of a card among those of its page. */
export function cardName({ consumer, variant }: Pick<CardId, 'consumer' | 'variant'>): string {
  return variant === '' ? consumer : `${consumer}\n${variant}`;
}
