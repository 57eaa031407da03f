import { LRUCache } from 'lru-cache';
import { explain } from '../freshness/explain.ts';
import type { CardResponse } from '../model/card-response.ts';
import type { Decision, PageDecision } from '../model/decision.ts';
import type { Clock } from '../model/units.ts';
import type { Target, WebsiteId } from '../model/website.ts';
import type { Store } from '../store/ports/store.ts';
import { type CardRequest, pageKey } from './request.ts';

// Bound between two writes; beyond it the oldest are dropped. Owners see the last twenty of a page.
const mostUnwritten = 10_000;
// One transaction of the store: all of them are written, or none.
const writtenAtOnce = 200;
const mostUnkept = 1000;
const keptPerPage = 20;

/** Decisions about pages, collected during requests and written in the background. */
export class Decisions {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #unwritten: PageDecision[] = [];
  /** For pages that forbid keeping anything: nothing about them is stored, not even that they were requested. */
  readonly #unkept = new LRUCache<string, readonly Decision[]>({ max: mostUnkept });

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  answered(request: CardRequest, response: CardResponse): void {
    const { card, cacheStatus, remarks } = response;
    const at = this.#clock.now();
    const kind = kindOf(response);
    const decision: Decision = {
      at,
      kind,
      consumer: request.consumer.name,
      status: cacheStatus.forwardStatus ?? null,
      explanation: explain(card, at),
      failure: kind === 'stale' ? (cacheStatus.detail ?? null) : null,
      ...(remarks === undefined || remarks.length === 0 ? {} : { remarks }),
    };
    if (card.policy.storeForbiddenBy === null) this.#note(request, decision);
    else this.#noteUnkept(request, decision);
  }

  failed(request: CardRequest, failure: Error, status: number | null): void {
    const what = { kind: 'failed', status, explanation: null, failure: failure.message } as const;
    this.#note(request, { at: this.#clock.now(), consumer: request.consumer.name, ...what });
  }

  /** The last decisions about a page, and the purges that cover it, newest first. */
  async of(websiteId: WebsiteId, target: Target): Promise<Decision[]> {
    await this.write();
    const kept = await this.#store.activity.decisionsOf(websiteId, target);
    return [...(this.#unkept.get(pageKey(websiteId, target)) ?? []), ...kept].sort((a, b) => b.at - a.at);
  }

  /** Writes the decisions since the last call. What cannot be written is written with the next call. */
  async write(): Promise<void> {
    while (this.#unwritten.length > 0) {
      const some = this.#unwritten.splice(0, writtenAtOnce);
      try {
        await this.#store.activity.noteDecisions(some);
      } catch (error) {
        this.#unwritten.unshift(...some);
        throw error;
      }
    }
  }

  #noteUnkept({ website, target }: CardRequest, decision: Decision): void {
    const page = pageKey(website.id, target);
    this.#unkept.set(page, [decision, ...(this.#unkept.get(page) ?? [])].slice(0, keptPerPage));
  }

  #note({ website, target }: CardRequest, decision: Decision): void {
    if (this.#unwritten.length >= mostUnwritten) this.#unwritten.shift();
    this.#unwritten.push({ websiteId: website.id, target, decision });
  }
}

function kindOf({ card, cacheStatus }: CardResponse): Decision['kind'] {
  const { detail } = cacheStatus;
  if (card.outcome.kind === 'gone') return 'gone';
  if (detail === 'same-version' || detail === 'same-document') return detail;
  if (cacheStatus.ttl !== undefined) return 'stale';
  if (detail === 'unfinished-drawing') return 'unfinished';
  return cacheStatus.forwardStatus === 304 ? 'revalidated' : 'drawn';
}
