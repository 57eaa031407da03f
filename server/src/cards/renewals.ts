import { judge } from '../freshness/judge.ts';
import type { CardId, KeptCard } from '../model/card.ts';
import type { CacheStatus, CardResponse, Timings } from '../model/card-response.ts';
import type { MetaTag } from '../model/meta-tag.ts';
import type { Picture } from '../model/picture.ts';
import { pictureHash } from '../model/picture-hash.ts';
import { Problem } from '../model/problem.ts';
import { type Clock, epochMs, type Milliseconds } from '../model/units.ts';
import type { Website } from '../model/website.ts';
import { FetchProblem } from '../origin/fetch-problem.ts';
import { type PreparedDocument, prepareDocument } from '../render/document/prepare-document.ts';
import type { Renderer, Rendering } from '../render/renderer.ts';
import type { HeldLease } from '../store/held-lease.ts';
import type { PurgeState } from '../store/ports/changes.ts';
import type { Store } from '../store/ports/store.ts';
import type { Usage } from '../usage/usage.ts';
import type { CardKeeping, Keeping } from './card-keeping.ts';
import type { CardLoader } from './card-loader.ts';
import { cardResponseOf } from './card-response.ts';
import type { CardTurns, Turn } from './card-turns.ts';
import type { Decisions } from './decisions.ts';
import type { Quotas, RenewalQuota } from './limits/quotas.ts';
import type { PageNews, Pages } from './pages.ts';
import { renderOptionsOf } from './render-options.ts';
import type { CardRequest } from './request.ts';
import { type Rendered, sharedRender } from './shared-renders.ts';
import { type CachedCard, cardName, type PageDocument } from './state/cached-card.ts';
import type { PageState } from './state/page-state.ts';

export interface RenewalsOptions {
  readonly store: Store;
  readonly loader: CardLoader;
  readonly turns: CardTurns;
  readonly renderer: Pick<Renderer, 'render'>;
  readonly pages: Pages;
  readonly keeping: CardKeeping;
  readonly decisions: Decisions;
  readonly usage: Usage;
  readonly quotas: Quotas;
  readonly clock: Clock;
  /** How long a render that may not be kept is sent again. */
  readonly failureMemory: Milliseconds;
}

/** One renewal: the request, the page's state and the kept card. */
interface RenderJob {
  readonly state: PageState;
  readonly request: CardRequest;
  readonly id: CardId;
  /** The kept card, if there is one. */
  readonly cached: CachedCard | undefined;
  readonly quota: RenewalQuota;
  /** Whether it waited for other processes that made the card. */
  readonly inTurn: boolean;
  /** The lease that the card is made under; undefined without one. */
  readonly held: HeldLease | undefined;
  /** Of the page, from before its turn; undefined without one. */
  readonly purge: PurgeState | undefined;
}

/** Makes cards and renews them: fetches the page, renders it if it changed, and keeps the card if allowed. */
export class Renewals {
  readonly #options: RenewalsOptions;
  readonly #stopping = new AbortController();

  constructor(options: RenewalsOptions) {
    this.#options = options;
  }

  /**
   * One renewal per card at a time; requests during it share it.
   * @param newest the current purge version.
   * @param cached the kept card, undefined where there is none.
   * @throws {Problem} where there is no card and none can be made.
   */
  renewed(
    state: PageState,
    request: CardRequest,
    id: CardId,
    newest: number,
    cached: CachedCard | undefined,
  ): Promise<CardResponse> {
    // A renewed card is as old as the kept one.
    const purgeVersion = Math.min(request.asOf, cached?.card.purgeVersion ?? newest);
    const work = request.anew === undefined ? 'renew' : `draw anew ${request.anew.id}`;
    const flight = state.share(`${work} ${cardName(id)}`, purgeVersion, () => this.#renew(state, request, id, cached));
    return flight.joined ? flight.result.then(asCollapsed) : flight.result;
  }

  /** Aborts running renewals. */
  stop(): void {
    this.#stopping.abort();
  }

  async #renew(
    state: PageState,
    request: CardRequest,
    id: CardId,
    cached: CachedCard | undefined,
  ): Promise<CardResponse> {
    const { quotas, turns, clock } = this.#options;
    const unfinished = state.unfinished(cardName(id), clock.now());
    if (unfinished !== undefined && request.anew === undefined)
      return this.#unfinishedResponse(cached, unfinished, { hit: true }, {});

    const quota = quotas.renewal(request);
    const job: RenderJob = { state, request, id, cached, quota, inTurn: false, held: undefined, purge: undefined };
    // Another process's card would not be drawn anew.
    if (request.anew !== undefined) return this.#make(job);
    if (cached !== undefined) {
      const elsewhere = this.#mayBeRenewedElsewhere(cached) ? await this.#renewedElsewhere(job, cached) : undefined;
      return elsewhere ?? this.#make(job);
    }
    const failsAtOnce = state.failure(clock.now()) !== undefined;
    if (failsAtOnce || turns.isUnkept(state)) return this.#make(job);
    // Refused requests take no lease.
    if (state.document === undefined) await job.quota.fetch(false);
    return this.#inTurn(job, (inTurn) => this.#make(inTurn));
  }

  /** Whether another process may have renewed the card after this one read it. */
  #mayBeRenewedElsewhere({ card }: CachedCard): boolean {
    const { pages, clock } = this.#options;
    const { lifetime, freshUntil } = card.policy;
    // While its card is fresh, the page is looked at for its version tag.
    return lifetime > 0 && clock.now() >= freshUntil && !pages.isUnwritten(card.responseId);
  }

  /** The kept card, if another process renewed it: the origin need not be asked. */
  async #renewedElsewhere({ state, id }: RenderJob, cached: CachedCard): Promise<CardResponse | undefined> {
    const { loader, clock } = this.#options;
    const found = await loader.read(state, id, cached);
    const verdict = found && judge(found.card.policy, clock.now());
    if (found === undefined || verdict?.kind !== 'fresh') return undefined;
    return cardResponseOf(found, verdict, { hit: true, ttl: verdict.secondsLeft });
  }

  /** One process at a time makes a card; the others get its picture. */
  async #inTurn(job: RenderJob, make: (job: RenderJob) => Promise<CardResponse>): Promise<CardResponse> {
    const { turns, clock } = this.#options;
    const { state, id, cached } = job;
    const turn: Turn = await turns.take(state, id, cached, this.#stopping.signal);
    if (turn.kind === 'made') {
      const verdict = judge(turn.cached.card.policy, clock.now());
      const forwarded = cached === undefined ? 'miss' : 'stale';
      return cardResponseOf(turn.cached, verdict, { hit: false, forwarded, collapsed: true });
    }
    try {
      return await make({ ...job, cached: turn.newest, inTurn: true, held: turn.held, purge: turn.purge });
    } finally {
      turns.end(turn);
    }
  }

  async #make(job: RenderJob): Promise<CardResponse> {
    const { pages, turns, decisions, usage } = this.#options;
    const { state, request, cached, quota } = job;
    const stored = cached && {
      response: cached.card,
      responseId: cached.card.responseId,
      purgeVersion: cached.card.purgeVersion,
    };
    let wasAsked = false;
    try {
      const beforeFetch = () => quota.fetch(cached !== undefined);
      const news = await pages.obtain(state, request, stored, beforeFetch, job.purge, this.#stopping.signal);
      wasAsked = news.fetchTime !== undefined;
      const { policy } = news.kind === 'document' ? news.page.response : news.response;
      turns.note(state, policy.storeForbiddenBy === null);
      const response = await this.#apply(job, news);
      decisions.answered(request, response);
      usage.renewed(request.website.id, request.consumer.name, response);
      return response;
    } catch (error) {
      return this.#instead(
        job,
        error,
        wasAsked || (error instanceof FetchProblem && error.options.rememberedFor === undefined),
      );
    }
  }

  /**
   * Notes a failure, and sends the kept card where the page allows it; else throws the error.
   * @param wasAsked whether the origin was, for this card.
   */
  #instead({ request, cached }: RenderJob, error: unknown, wasAsked: boolean): CardResponse {
    const status = error instanceof Problem ? Number(error.facts['status'] ?? 0) || undefined : undefined;
    if (error instanceof Problem && !isRefusal(error)) this.#options.decisions.failed(request, error, status ?? null);
    const standIn = this.#standIn(cached);
    if (standIn === undefined || !saysNothingOfThePage(error)) throw error;
    const went: CacheStatus = {
      hit: false,
      forwarded: 'stale',
      ...(status === undefined ? {} : { forwardStatus: status }),
    };
    return this.#stale(standIn, 'stale-if-error', wasAsked ? went : { hit: true });
  }

  async #apply(job: RenderJob, news: PageNews): Promise<CardResponse> {
    const { state, request, id, cached } = job;
    const { keeping } = this.#options;
    const cacheStatus: CacheStatus = {
      hit: false,
      forwarded: cached === undefined ? 'miss' : 'stale',
      ...(news.joined ? { collapsed: true } : {}),
    };
    const timings: Timings = news.fetchTime === undefined ? {} : { fetch: news.fetchTime };

    if (news.kind === 'not-modified') {
      if (cached === undefined) throw new Problem('origin-failed', 'The page answers 304 to an unconditional request.');
      const purgeVersion = Math.min(request.asOf, cached.card.purgeVersion);
      const card: KeptCard = { ...cached.card, ...news.response, purgeVersion };
      if (card.policy.storeForbiddenBy !== null) await keeping.forget(state, card);
      return this.#response(state, { ...cached, card }, { ...cacheStatus, forwardStatus: 304 }, timings);
    }

    if (news.kind === 'gone') {
      const { status, purgeVersion, responseId, response } = news;
      const card: KeptCard = { id, outcome: { kind: 'gone', status }, purgeVersion, responseId, ...response };
      const gone: CachedCard = { card, bytes: Buffer.alloc(0) };
      // docs/guides/http-caching.md: kept as long as that response allows; if it allows nothing, the card is forgotten too.
      const isFresh = judge(card.policy, this.#options.clock.now()).kind === 'fresh';
      const kept = isFresh ? await keeping.keep(state, gone, undefined, job.held) : await keeping.forget(state, card);
      return this.#response(state, gone, { ...cacheStatus, forwardStatus: status, ...storedAs(kept) }, timings, kept);
    }

    const { page } = news;
    const status = news.fetchTime === undefined ? { detail: 'document-kept' } : { forwardStatus: page.document.status };
    const options = renderOptionsOf(page.tags, request.website.settings.viewportWidth);
    const document = prepareDocument(page.document, request.consumer.spec, options);
    const same = cached && sameCard(request.website, cached.card, page, document);
    if (cached === undefined || same === undefined) {
      const isNew = cached === undefined && news.fetchTime !== undefined && !news.joined;
      const render = (inTurn: RenderJob) =>
        this.#render(inTurn, page, document, isNew, { ...cacheStatus, ...status }, timings);
      // For a card that exists, the turn begins here: most fetches end with a 304. Others cannot get an unkept one.
      const isAlone = job.inTurn || request.anew !== undefined || page.response.policy.storeForbiddenBy !== null;
      return isAlone ? render(job) : this.#inTurn(job, render);
    }
    const card: KeptCard = {
      ...cached.card,
      ...page.response,
      responseId: page.responseId,
      purgeVersion: page.purgeVersion,
    };
    return this.#keptResponse(
      job,
      { ...cached, card },
      { ...cacheStatus, ...status, detail: same },
      timings,
      page.metaTags,
    );
  }

  async #render(
    job: RenderJob,
    page: PageDocument,
    document: PreparedDocument,
    isNew: boolean,
    cacheStatus: CacheStatus,
    timings: Timings,
  ): Promise<CardResponse> {
    const { state, id, cached } = job;
    const start = () => this.#renderNow(job, page, document);
    const render = await sharedRender(this.#options.store, state, id, page, document, isNew, start);
    if (render.kind === 'shared') {
      const outcome = { ...render.outcome, fingerprint: document.fingerprint };
      const shared: CachedCard = { card: cardOf(id, outcome, page), bytes: render.bytes };
      return this.#keptResponse(job, shared, { ...cacheStatus, detail: 'drawing-shared' }, timings);
    }
    const { rendered, kept, selectorIgnored, remarks } = render;
    const allTimings: Timings = { ...timings, ...render.timings };
    if (!render.complete) return { ...this.#unfinishedResponse(cached, rendered, cacheStatus, allTimings), remarks };
    const detail = selectorIgnored === undefined ? {} : { detail: 'selector-ignored' };
    const response = this.#response(
      state,
      rendered,
      { ...cacheStatus, ...storedAs(kept), ...detail },
      allTimings,
      kept,
    );
    return { ...response, remarks };
  }

  /** Renders the card, and keeps it if it is complete and may be kept. */
  async #renderNow(
    { state, request, id, quota, held }: RenderJob,
    page: PageDocument,
    document: PreparedDocument,
  ): Promise<Rendered> {
    const { renderer, clock, failureMemory, keeping } = this.#options;
    await quota.render();
    const partition = String(request.website.id);
    const rendering = await renderer.render({ document, partition, signal: this.#stopping.signal });
    const { bytes, complete, common, selectorIgnored, remarks, renderTime: render, encodeTime: encode } = rendering;
    const { fingerprint, commonFingerprint } = document;
    const outcome = {
      kind: 'picture',
      picture: pictureOf(rendering),
      renderedAt: clock.now(),
      fingerprint,
      common: common === null || commonFingerprint === null ? null : { fingerprint: commonFingerprint, limits: common },
    } as const;
    const rendered = { card: cardOf(id, outcome, page), bytes };
    const kept = complete ? await keeping.keep(state, rendered, page.metaTags, held) : 'forbidden';
    if (!complete && rendered.card.policy.storeForbiddenBy === null)
      state.keepUnfinished({ ...rendered, until: epochMs(clock.now() + failureMemory) });
    return { kind: 'rendered', rendered, kept, complete, selectorIgnored, remarks, timings: { render, encode } };
  }

  /** An incomplete or empty render never replaces a good card; if there is none, it is sent for a few seconds. */
  #unfinishedResponse(
    cached: CachedCard | undefined,
    unfinished: CachedCard,
    cacheStatus: CacheStatus,
    timings: Timings,
  ): CardResponse {
    const standIn = this.#standIn(cached);
    if (standIn !== undefined) return this.#stale(standIn, 'unfinished-drawing', cacheStatus);
    const { card, bytes } = unfinished;
    return { card, bytes, reuse: 'no-store', cacheStatus: { ...cacheStatus, detail: 'unfinished-drawing' }, timings };
  }

  /** The kept card, if it has a picture and its page allows it to replace an error of the origin. */
  #standIn(cached: CachedCard | undefined): CachedCard | undefined {
    if (cached === undefined || cached.card.outcome.kind !== 'picture') return undefined;
    const verdict = judge(cached.card.policy, this.#options.clock.now());
    return verdict.kind === 'fresh' || verdict.onError ? cached : undefined;
  }

  #stale(cached: CachedCard, detail: string, cacheStatus: CacheStatus): CardResponse {
    const now = this.#options.clock.now();
    const ttl = Math.ceil((cached.card.policy.freshUntil - now) / 1000);
    return cardResponseOf(cached, judge(cached.card.policy, now), { ...cacheStatus, ttl, detail });
  }

  async #keptResponse(
    { state, held }: RenderJob,
    cached: CachedCard,
    cacheStatus: CacheStatus,
    timings: Timings,
    tags?: readonly MetaTag[],
  ): Promise<CardResponse> {
    const kept = await this.#options.keeping.keep(state, cached, tags, held);
    return this.#response(state, cached, { ...cacheStatus, ...storedAs(kept) }, timings, kept);
  }

  #response(
    state: PageState,
    cached: CachedCard,
    cacheStatus: CacheStatus,
    timings: Timings,
    kept?: Keeping,
  ): CardResponse {
    const response = cardResponseOf(cached, judge(cached.card.policy, this.#options.clock.now()), cacheStatus, timings);
    // It began before a purge: requests that waited for it get it, but may not keep it.
    const isLate = kept === 'refused' || state.isVoid(cached.card.purgeVersion);
    return isLate ? { ...response, reuse: 'no-store' } : response;
  }
}

/** RFC 9211 §2.7: said of what went forward. */
function asCollapsed(response: CardResponse): CardResponse {
  if (response.cacheStatus.hit) return response;
  return { ...response, cacheStatus: { ...response.cacheStatus, collapsed: true } };
}

function storedAs(kept: Keeping): { readonly stored?: boolean } {
  return kept === 'kept' ? { stored: true } : {};
}

/** Rejected requests are not recorded: a flood of them would push out all other decisions. */
export function isRefusal(error: unknown): boolean {
  return !(error instanceof Problem) || error.type === 'stopping' || error.type === 'too-many-requests';
}

/** An error that does not come from the page itself: a kept card may be sent instead. */
function saysNothingOfThePage(error: unknown): error is Problem {
  if (error instanceof FetchProblem) return error.options.mayServeKept;
  return error instanceof Problem && ['render-failed', 'queue-full', 'too-many-requests'].includes(error.type);
}

/** Why the kept card needs no new render, a token of `Cache-Status`; undefined where it needs one. */
function sameCard(
  website: Website,
  { outcome, versionTag }: KeptCard,
  page: PageDocument,
  document: PreparedDocument,
): string | undefined {
  if (outcome.kind !== 'picture') return undefined;
  // docs/guides/rendering.md: the same version tag as at the last render, even if the HTML changed.
  if (versionTag !== null && versionTag === page.response.versionTag) return 'same-version';
  // A template card depends on its document alone; for whole pages only the owner knows.
  const equal = outcome.fingerprint === document.fingerprint;
  return equal && (document.mode === 'template' || website.settings.equalDocuments) ? 'same-document' : undefined;
}

function cardOf<O extends KeptCard['outcome']>(
  id: CardId,
  outcome: O,
  { response, responseId, purgeVersion }: PageDocument,
) {
  return { id, outcome, ...response, responseId, purgeVersion };
}

function pictureOf({ bytes, type, width, height }: Rendering): Picture {
  return { hash: pictureHash(bytes), type, size: bytes.length, width, height };
}
