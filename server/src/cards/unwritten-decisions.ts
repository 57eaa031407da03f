import { explain } from '../freshness/explain.ts';
import type { StoredResponse } from '../model/card.ts';
import { asFailure, type Decision, type PageDecision } from '../model/decision.ts';
import type { Target, WebsiteId } from '../model/website.ts';
import { pageKey } from './request.ts';

/** A decision whose explanation is made when it is read or written: of most there is no need, newer ones of their page come. */
export interface Noted {
  readonly decision: Decision;
  /** What is explained; null where there is nothing to explain. */
  readonly response: StoredResponse | null;
}

export function explained({ decision, response }: Noted): Decision {
  return response === null ? decision : { ...decision, explanation: explain(response, decision.at) };
}

interface NotedPage {
  readonly websiteId: WebsiteId;
  readonly target: Target;
  /** Oldest first. */
  noted: Noted[];
}

// Bound between two writes; beyond it the oldest are dropped.
const mostUnwritten = 10_000;
// One transaction of the store: all of them are written, or none.
const writtenAtOnce = 200;
// The store keeps as many of a page.
const keptPerPage = 20;

/** Decisions that are not written yet, by page: the store trims what it keeps of a page once for all that come together. */
export class UnwrittenDecisions {
  readonly #pages = new Map<string, NotedPage>();
  #count = 0;

  get isEmpty(): boolean {
    return this.#pages.size === 0;
  }

  add(websiteId: WebsiteId, target: Target, noted: Noted): void {
    const page = this.#pageOf(websiteId, target);
    page.noted.push(noted);
    this.#count++;
    this.#bound(page);
  }

  /** Removes some pages, oldest first, with all their decisions. */
  take(): NotedPage[] {
    const pages: NotedPage[] = [];
    let count = 0;
    for (const [key, page] of this.#pages) {
      if (count > 0 && count + page.noted.length > writtenAtOnce) break;
      count += page.noted.length;
      pages.push(page);
      this.#pages.delete(key);
    }
    this.#count -= count;
    return pages;
  }

  /** What was taken could not be written. */
  putBack(pages: readonly NotedPage[]): void {
    for (const { websiteId, target, noted } of pages) {
      const page = this.#pageOf(websiteId, target);
      page.noted = [...noted, ...page.noted];
      this.#count += noted.length;
      this.#bound(page);
    }
  }

  #pageOf(websiteId: WebsiteId, target: Target): NotedPage {
    const key = pageKey(websiteId, target);
    const known = this.#pages.get(key);
    if (known !== undefined) return known;
    const page: NotedPage = { websiteId, target, noted: [] };
    this.#pages.set(key, page);
    return page;
  }

  #bound(page: NotedPage): void {
    for (; page.noted.length > keptPerPage; this.#count--) page.noted.splice(droppable(page.noted), 1);
    for (const [key, oldest] of this.#pages) {
      if (this.#count <= mostUnwritten) return;
      this.#count -= oldest.noted.length;
      this.#pages.delete(key);
    }
  }
}

/** The oldest, but for the last failure of each kind: the store remembers when a page last failed. */
function droppable(noted: readonly Noted[]): number {
  return noted.findIndex(({ decision }, at) => {
    if (asFailure(decision) === undefined) return true;
    return noted.some((other, later) => later > at && other.decision.kind === decision.kind);
  });
}

export function decisionsOf({ websiteId, target, noted }: NotedPage): PageDecision[] {
  return noted.map((one) => ({ websiteId, target, decision: explained(one) }));
}
