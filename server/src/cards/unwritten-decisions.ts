import { explain } from '../freshness/explain.ts';
import type { StoredResponse } from '../model/card.ts';
import { asFailure, type Decision, type Explanation, type PageDecision } from '../model/decision.ts';
import type { EpochMs } from '../model/units.ts';
import type { Target, WebsiteId } from '../model/website.ts';
import { pageKey } from './request.ts';

/** A decision whose explanation is made when it is read or written: of most there is no need, newer ones of their page come. */
interface Noted {
  readonly decision: Decision;
  /** Null where there is nothing to explain. */
  readonly why: Why | null;
}

/** What is explained. Decisions for which it says the same share one. */
class Why {
  readonly #response: StoredResponse;
  readonly #at: EpochMs;
  #words: Explanation | undefined;

  constructor(response: StoredResponse, at: EpochMs) {
    this.#response = response;
    this.#at = at;
  }

  get words(): Explanation {
    this.#words ??= explain(this.#response, this.#at);
    return this.#words;
  }

  /** Whether it says the same of this response: one that a `304` renewed with nothing new, and that must be asked about each time. */
  isOf({ policy, head }: StoredResponse): boolean {
    const { policy: own, head: ownHead } = this.#response;
    const isTimeless = policy.lifetime === 0 || policy.askAlwaysBy !== null;
    return (
      isTimeless && policy.stale === own.stale && policy.initialAge === own.initialAge && head.status === ownHead.status
    );
  }
}

function explained({ decision, why }: Noted): Decision {
  return why === null ? decision : { ...decision, explanation: why.words };
}

interface NotedPage {
  readonly websiteId: WebsiteId;
  readonly target: Target;
  /** Oldest first. */
  noted: Noted[];
  /** When the first of them came, in milliseconds of a monotonic clock. */
  readonly since: number;
  /** Whether all of them say that a `304` confirmed a card. */
  isRoutine: boolean;
}

// Bound between two writes; beyond it the oldest are dropped.
const mostUnwritten = 10_000;
// One transaction of the store: all of them are written, or none.
const writtenAtOnce = 200;
// Of a page that is revalidated again and again all but the last twenty are dropped anyway: they can wait so long.
const routineWaitsMs = 5000;
// The store keeps as many of a page.
const keptPerPage = 20;

/** Decisions that are not written yet, by page: the store trims what it keeps of a page once for all that come together. */
export class UnwrittenDecisions {
  readonly #pages = new Map<string, NotedPage>();
  #count = 0;

  /** @param response what explains the decision, if anything does. */
  add(websiteId: WebsiteId, target: Target, decision: Decision, response: StoredResponse | null): void {
    const page = this.#pageOf(websiteId, target);
    const last = page.noted.at(-1)?.why ?? null;
    const isSame = response !== null && last?.isOf(response) === true;
    page.noted.push({ decision, why: isSame ? last : response && new Why(response, decision.at) });
    if (decision.kind !== 'revalidated') page.isRoutine = false;
    this.#count++;
    this.#bound(page);
  }

  /**
   * Removes some pages, oldest first, with all their decisions.
   * @param all also those that can wait.
   */
  take(all: boolean): NotedPage[] {
    const pages: NotedPage[] = [];
    let count = 0;
    const since = performance.now() - (this.#count > mostUnwritten / 2 ? 0 : routineWaitsMs);
    for (const [key, page] of this.#pages) {
      if (!all && page.isRoutine && page.since > since) continue;
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
    for (const { websiteId, target, noted, isRoutine } of pages) {
      const page = this.#pageOf(websiteId, target);
      page.noted = [...noted, ...page.noted];
      page.isRoutine &&= isRoutine;
      this.#count += noted.length;
      this.#bound(page);
    }
  }

  #pageOf(websiteId: WebsiteId, target: Target): NotedPage {
    const key = pageKey(websiteId, target);
    const known = this.#pages.get(key);
    if (known !== undefined) return known;
    const page: NotedPage = { websiteId, target, noted: [], since: performance.now(), isRoutine: true };
    this.#pages.set(key, page);
    return page;
  }

  #bound(page: NotedPage): void {
    for (; page.noted.length > keptPerPage; this.#count--) page.noted.splice(droppable(page.noted), 1);
    if (this.#count <= mostUnwritten) return;
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
