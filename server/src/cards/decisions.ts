import { LRUCache } from 'lru-cache';
import { explain } from '../freshness/explain.ts';
import type { StoredResponse } from '../model/card.ts';
import type { CardResponse } from '../model/card-response.ts';
import type { Decision, WorkedPage } from '../model/decision.ts';
import type { Clock, EpochMs, Milliseconds } from '../model/units.ts';
import type { Target, WebsiteId } from '../model/website.ts';
import type { Store } from '../store/ports/store.ts';
import { type CardRequest, pageKey } from './request.ts';
import { decisionsOf, UnwrittenDecisions } from './unwritten-decisions.ts';

// Bound between two writes; beyond it no more are noted.
const mostWorked = 10_000;
const mostUnkept = 1000;
// Owners see as many of a page.
const keptPerPage = 20;

/** Decisions about pages, collected during requests and written in the background. */
export class Decisions {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #unwritten = new UnwrittenDecisions();
  /** Pages that worked of which nothing may be stored, by their key. */
  readonly #worked = new Map<string, WorkedPage>();
  /** For pages that forbid keeping anything: nothing about them is stored, not even that they were requested. */
  readonly #unkept = new LRUCache<string, { readonly by: string; readonly decisions: readonly Decision[] }>({
    max: mostUnkept,
  });

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
      explanation: null,
      failure: kind === 'stale' ? (cacheStatus.detail ?? null) : null,
      ...(remarks === undefined || remarks.length === 0 ? {} : { remarks }),
    };
    const { storeForbiddenBy } = card.policy;
    // That there is no page is no content of one.
    if (storeForbiddenBy === null || kind === 'gone') this.#note(request, decision, card);
    else this.#noteUnkept(request, storeForbiddenBy, { ...decision, explanation: explain(card, at) });
  }

  /** An old card was sent because its renewal took longer than the website's patience. */
  sentOld(request: CardRequest, patience: Milliseconds): void {
    const failure = `The renewal took longer than ${patience / 1000} s, so the old card was sent.`;
    const what = { kind: 'stale', status: null, explanation: null, failure } as const;
    const decision = { at: this.#clock.now(), consumer: request.consumer.name, ...what };
    this.#note(request, decision, null);
  }

  failed(request: CardRequest, failure: Error, status: number | null): void {
    const what = { kind: 'failed', status, explanation: null, failure: failure.message } as const;
    const decision = { at: this.#clock.now(), consumer: request.consumer.name, ...what };
    this.#note(request, decision, null);
  }

  /** The last decisions about a page, and the purges that cover it, newest first. */
  async of(websiteId: WebsiteId, target: Target): Promise<Decision[]> {
    await this.write();
    const kept = await this.#store.activity.decisionsOf(websiteId, target);
    const unkept = this.#unkept.get(pageKey(websiteId, target))?.decisions ?? [];
    return [...unkept, ...kept].sort((a, b) => b.at - a.at);
  }

  /** The directive that forbade keeping anything of the page, and when it last did; as far as memory goes. */
  unkept(websiteId: WebsiteId, target: Target): { readonly by: string; readonly at: EpochMs } | undefined {
    const found = this.#unkept.get(pageKey(websiteId, target));
    const at = found?.decisions[0]?.at;
    return found === undefined || at === undefined ? undefined : { by: found.by, at };
  }

  /**
   * Writes the decisions since the last call. What cannot be written is written with the next call.
   * @param all also those that can wait, for a caller that is about to read them.
   */
  async write(all = true): Promise<void> {
    for (;;) {
      const pages = this.#unwritten.take(all);
      if (pages.length === 0) break;
      try {
        await this.#store.activity.noteDecisions(pages.flatMap(decisionsOf));
      } catch (error) {
        this.#unwritten.putBack(pages);
        throw error;
      }
    }
    const worked = [...this.#worked];
    if (worked.length === 0) return;
    await this.#store.activity.noteDecisions(
      [],
      worked.map(([, page]) => page),
    );
    for (const [page, written] of worked) if (this.#worked.get(page) === written) this.#worked.delete(page);
  }

  #noteUnkept({ website, target }: CardRequest, by: string, decision: Decision): void {
    const page = pageKey(website.id, target);
    const decisions = [decision, ...(this.#unkept.get(page)?.decisions ?? [])].slice(0, keptPerPage);
    this.#unkept.set(page, { by, decisions });
    if (decision.kind === 'unfinished' || this.#worked.size >= mostWorked) return;
    this.#worked.set(page, { websiteId: website.id, target, at: decision.at });
  }

  #note({ website, target }: CardRequest, decision: Decision, response: StoredResponse | null): void {
    this.#unwritten.add(website.id, target, decision, response);
  }
}

function kindOf({ card, cacheStatus }: CardResponse): Decision['kind'] {
  const { detail } = cacheStatus;
  if (card.outcome.kind === 'gone') return 'gone';
  if (detail === 'same-version' || detail === 'same-document') return detail;
  if (detail === 'unfinished-drawing') return 'unfinished';
  if (cacheStatus.ttl !== undefined) return 'stale';
  return cacheStatus.forwardStatus === 304 ? 'revalidated' : 'drawn';
}
