import { LRUCache } from 'lru-cache';
import type { Basis } from '../model/card.ts';
import type { Change } from '../model/change.ts';
import type { FetchedDocument } from '../model/document.ts';
import type { MetaTag } from '../model/meta-tag.ts';
import type { PageTags } from '../origin/tags.ts';
import { covers } from './kept-memory.ts';

/** A fetched page: its document, what it says of itself, and how it is judged. */
export interface PageDocument {
  readonly basis: Basis;
  readonly responseId: string;
  readonly document: FetchedDocument;
  readonly tags: PageTags;
  /** What it says to networks, for its owner to see. */
  readonly metaTags: readonly MetaTag[];
  /** `PagePosition.mark` from before the fetch. */
  readonly mark: number;
}

/** The last documents that were fetched, so that one fetch serves every consumer; in memory only, bounded in bytes. */
export class KeptDocuments {
  readonly #documents: LRUCache<string, PageDocument>;

  constructor(maxBytes: number) {
    this.#documents = new LRUCache<string, PageDocument>({
      maxSize: Math.max(1, maxBytes),
      sizeCalculation: ({ document }) => document.body.length + 4096,
    });
  }

  get(page: string): PageDocument | undefined {
    return this.#documents.get(page);
  }

  put(page: string, document: PageDocument): void {
    this.#documents.set(page, document);
  }

  forget(page: string): void {
    this.#documents.delete(page);
  }

  follow(change: Change): void {
    for (const page of this.#documents.keys()) if (covers(change, page)) this.#documents.delete(page);
  }
}
