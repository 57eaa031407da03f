import { LRUCache } from 'lru-cache';
import type { Change } from '../../model/change.ts';
import type { Target, WebsiteId } from '../../model/website.ts';
import { pageKey } from '../request.ts';
import { type PageKeeper, PageState } from './page-state.ts';
import { WebsitePurges } from './website-purges.ts';

// A quarter for documents: one serves every consumer of a page, and is needed only for a moment.
const documentsShare = 0.25;

/** The memory of pages, bounded in bytes; the least recently used is evicted first. A page in use stays. */
export class PageStates implements PageKeeper {
  /** Pages with cards in memory, and pages with a document in memory. */
  readonly #withCards: LRUCache<string, PageState>;
  readonly #withDocument: LRUCache<string, PageState>;
  readonly #held = new Map<string, PageState>();
  readonly #websites = new Map<WebsiteId, WebsitePurges>();
  #newest = 0;

  constructor(maxBytes: number) {
    this.#withCards = new LRUCache<string, PageState>({
      maxSize: Math.max(1, maxBytes * (1 - documentsShare)),
      sizeCalculation: (page) => page.cardsWeight,
      dispose: (page, _, reason) => {
        if (reason === 'evict') page.evictCards();
      },
    });
    this.#withDocument = new LRUCache<string, PageState>({
      maxSize: Math.max(1, maxBytes * documentsShare),
      sizeCalculation: (page) => page.documentWeight,
      dispose: (page, _, reason) => {
        if (reason === 'evict') page.evictDocument();
      },
    });
  }

  /**
   * The current purge version: that of the newest change followed, 0 before the first. New work carries it.
   */
  get newest(): number {
    return this.#newest;
  }

  /** The page's state, if there is one. */
  find(websiteId: WebsiteId, target: Target): PageState | undefined {
    const key = pageKey(websiteId, target);
    return this.#withCards.get(key) ?? this.#held.get(key) ?? this.#withDocument.get(key);
  }

  /** The page's state, in use until it is disposed of. */
  hold(websiteId: WebsiteId, target: Target): PageState {
    const page = this.find(websiteId, target) ?? new PageState(websiteId, target, this.#purgesOf(websiteId), this);
    this.#held.set(pageKey(websiteId, target), page);
    return page.hold();
  }

  /** Follows a change by this or another process. */
  follow(change: Change): void {
    const version = change.purgeVersion;
    this.#newest = Math.max(this.#newest, version);
    if (change.kind === 'everything') {
      for (const website of this.#websites.values()) website.purge(version);
      return;
    }
    // A website without requests has nothing in memory.
    const website = this.#websites.get(change.websiteId);
    const scope = change.kind === 'purge' ? change.scope : undefined;
    if (scope?.kind === 'page') this.find(change.websiteId, scope.target)?.purge(version);
    else if (scope?.kind === 'prefix') website?.purgePrefix(scope.prefix, version);
    // After a change of its settings, the website's pages are judged anew.
    else website?.purge(version);
  }

  weigh(page: PageState): void {
    const key = pageKey(page.websiteId, page.target);
    if (!put(this.#withCards, key, page, page.cardsWeight)) page.evictCards();
    if (!put(this.#withDocument, key, page, page.documentWeight)) page.evictDocument();
  }

  release(page: PageState): void {
    this.#held.delete(pageKey(page.websiteId, page.target));
  }

  #purgesOf(websiteId: WebsiteId): WebsitePurges {
    const known = this.#websites.get(websiteId);
    if (known !== undefined) return known;
    const made = new WebsitePurges();
    this.#websites.set(websiteId, made);
    return made;
  }
}

/** Returns whether it fits at all. */
function put(cache: LRUCache<string, PageState>, key: string, page: PageState, weight: number): boolean {
  cache.delete(key); // put again under the same key, it would keep its old weight
  if (weight === 0) return true;
  cache.set(key, page, { size: weight });
  return cache.has(key);
}
