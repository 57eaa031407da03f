import { LRUCache } from 'lru-cache';
import type { StoredResponse } from '../model/card.ts';
import type { Change } from '../model/change.ts';
import type { FetchedDocument } from '../model/document.ts';
import type { MetaTag } from '../model/meta-tag.ts';
import type { PageTags } from '../origin/tags.ts';
import { covers } from './kept-memory.ts';

/** A fetched page: its document, what it says of itself, and how it is judged. */
export interface PageDocument {
  readonly response: StoredResponse;
  readonly responseId: string;
  readonly document: FetchedDocument;
  readonly tags: PageTags;
  /** What it says to networks, for its owner to see. */
  readonly metaTags: readonly MetaTag[];
  /** From before the fetch. */
  readonly purgeVersion: number;
}

/** The last documents that were fetched, so that one fetch serves every consumer; in memory only, bounded in bytes. */
export class KeptDocuments {
  readonly #documents: LRUCache<string, PageDocument>;
  /** Grows with every change; what was fetched before one may not be put here after it. */
  #epoch = 0;

  constructor(maxBytes: number) {
    this.#documents = new LRUCache<string, PageDocument>({
      maxSize: Math.max(1, maxBytes),
      sizeCalculation: ({ document }) => document.body.length + 4096,
    });
  }

  get epoch(): number {
    return this.#epoch;
  }

  get(page: string): PageDocument | undefined {
    return this.#documents.get(page);
  }

  /** Puts a document whose fetch began at `epoch`; one from before a change is not put. */
  put(page: string, document: PageDocument, epoch: number): void {
    if (epoch === this.#epoch) this.#documents.set(page, document);
  }

  forget(page: string): void {
    this.#documents.delete(page);
  }

  follow(change: Change): void {
    this.#epoch++;
    for (const page of this.#documents.keys()) if (covers(change, page)) this.#documents.delete(page);
  }
}
