import { createHash } from 'node:crypto';
import { SingleFlight } from '../concurrency/single-flight.ts';
import { judge } from '../freshness/judge.ts';
import type { CardId, KeptCard, Outcome } from '../model/card.ts';
import type { CacheStatus, CardResponse, Timings } from '../model/card-response.ts';
import type { Change } from '../model/change.ts';
import type { MetaTag } from '../model/meta-tag.ts';
import type { Picture } from '../model/picture.ts';
import { Problem } from '../model/problem.ts';
import { type Clock, epochMs, type Milliseconds } from '../model/units.ts';
import type { Website } from '../model/website.ts';
import { FetchProblem } from '../origin/fetch-problem.ts';
import { type PreparedDocument, prepareDocument } from '../render/document/prepare-document.ts';
import type { Renderer, Rendering } from '../render/renderer.ts';
import type { Store } from '../store/ports/store.ts';
import type { Usage } from '../usage/usage.ts';
import { cardResponseOf } from './card-response.ts';
import type { Decisions } from './decisions.ts';
import type { PageDocument } from './kept-documents.ts';
import { type CachedCard, covers, type KeptMemory } from './kept-memory.ts';
import type { Quotas, RenewalQuota } from './limits/quotas.ts';
import type { PageNews, Pages } from './pages.ts';
import { renderOptionsOf } from './render-options.ts';
import { type CardRequest, cardKey } from './request.ts';
import { type Drawn, SharedDrawings } from './shared-drawings.ts';

export interface RenewalsOptions {
  readonly store: Store;
  readonly renderer: Renderer;
  readonly pages: Pages;
  readonly memory: KeptMemory;
  readonly decisions: Decisions;
  readonly usage: Usage;
  readonly quotas: Quotas;
  readonly clock: Clock;
  /** How long a drawing that may not be kept still answers. */
  readonly failureMemory: Milliseconds;
}

/** Cards that are made or made fresh again: their page asked for, drawn where it changed, and kept where it may be. */
export class Renewals {
  readonly #options: RenewalsOptions;
  readonly #flights = new SingleFlight<CardResponse>();
  readonly #drawings: SharedDrawings;
  readonly #stopping = new AbortController();

  constructor(options: RenewalsOptions) {
    this.#options = options;
    this.#drawings = new SharedDrawings(options.store);
  }

  /**
   * One renewal at a time for a card; who comes while it runs shares it.
   * @param entry the kept card, undefined where there is none.
   * @throws {Problem} where there is no card and none can be made.
   */
  async renewed(request: CardRequest, id: CardId, entry: CachedCard | undefined): Promise<CardResponse> {
    const flight = this.#flights.run(cardKey(id), () => this.#renew(request, id, entry));
    const answer = await flight.result;
    return flight.joined ? { ...answer, served: { ...answer.served, collapsed: true } } : answer;
  }

  /** Nobody joins what began before the change. */
  follow(change: Change): void {
    this.#flights.detach((key) => covers(change, key));
  }

  /** Gives up what runs. */
  stop(): void {
    this.#stopping.abort();
  }

  async #renew(request: CardRequest, id: CardId, entry: CachedCard | undefined): Promise<CardResponse> {
    const { pages, memory, decisions, usage, quotas } = this.#options;
    const { epoch } = memory;
    const held = entry && {
      response: entry.card,
      responseId: entry.card.responseId,
      purgeVersion: entry.card.purgeVersion,
    };
    const quota = quotas.renewal(request);
    try {
      const news = await pages.obtain(request, held, () => quota.fetch(entry !== undefined), this.#stopping.signal);
      const answer = await this.#apply({ request, id, entry, epoch, quota }, news);
      decisions.answered(request, answer);
      usage.renewed(request.website.id, request.consumer.name, answer);
      return answer;
    } catch (error) {
      const status = error instanceof Problem ? Number(error.facts['status'] ?? 0) || undefined : undefined;
      if (error instanceof Problem && isWorthNoting(error)) decisions.failed(request, error, status ?? null);
      const standIn = this.#standIn(entry);
      if (standIn === undefined || !saysNothingOfThePage(error)) throw error;
      return this.#serveStale(standIn, 'stale-if-error', status);
    }
  }

  async #apply(work: Work, news: PageNews): Promise<CardResponse> {
    const { id, entry } = work;
    const served: CacheStatus = {
      hit: false,
      forwarded: entry === undefined ? 'miss' : 'stale',
      ...(news.joined ? { collapsed: true } : {}),
    };
    const timings: Timings = news.fetchTime === undefined ? {} : { fetch: news.fetchTime };

    if (news.kind === 'not-modified') {
      if (entry === undefined) throw new Problem('origin-failed', 'The page answers 304 to nothing that was asked.');
      if (news.response.policy.storeForbiddenBy !== null) await this.#forget(id);
      const renewed: CachedCard = { ...entry, card: { ...entry.card, ...news.response } };
      return this.#answer(renewed, { ...served, forwardStatus: 304 }, timings);
    }

    if (news.kind === 'gone') {
      const { status, purgeVersion, responseId, response } = news;
      const card: KeptCard = { id, outcome: { kind: 'gone', status }, purgeVersion, responseId, ...response };
      const gone: CachedCard = { card, bytes: Buffer.alloc(0), transient: false };
      // "Kept as long as that response allows": one that allows nothing takes the picture with it.
      const stored = this.#isFresh(gone) ? await this.#keepOrForget(gone, work.epoch) : await this.#forget(id);
      return this.#answer(gone, { ...served, forwardStatus: status, stored }, timings);
    }

    const { page } = news;
    const status = news.fetchTime === undefined ? { detail: 'document-kept' } : { forwardStatus: page.document.status };
    const { website, consumer } = work.request;
    const options = renderOptionsOf(page.tags, website.settings.viewportWidth);
    const document = prepareDocument(page.document, consumer.spec, options);
    const same = entry && sameCard(website, entry.card, page, document);
    if (entry === undefined || same === undefined)
      return this.#draw(work, page, document, { ...served, ...status }, timings);
    const card: KeptCard = {
      ...entry.card,
      ...page.response,
      responseId: page.responseId,
      purgeVersion: page.purgeVersion,
    };
    const renewed: CachedCard = { ...entry, card };
    const stored = await this.#keepOrForget(renewed, work.epoch, page.metaTags);
    return this.#answer(renewed, { ...served, ...status, stored, detail: same }, timings);
  }

  async #draw(
    work: Work,
    page: PageDocument,
    document: PreparedDocument,
    served: CacheStatus,
    timings: Timings,
  ): Promise<CardResponse> {
    const { id, entry, epoch } = work;
    const now = () => this.#drawNow(work, page, document);
    const drawing = await this.#drawings.obtain(id, page.responseId, document, now);
    if (drawing.kind === 'shared') {
      const { bytes } = drawing;
      const outcome = { ...drawing.outcome, fingerprint: document.fingerprint };
      const shared: CachedCard = { card: cardOf(id, outcome, page), bytes, transient: false };
      const stored = await this.#keepOrForget(shared, epoch);
      return this.#answer(shared, { ...served, stored, detail: 'drawing-shared' }, timings);
    }

    const { entry: drawn, stored, selectorIgnored } = drawing;
    const drawnIn: Timings = { ...timings, ...drawing.timings };
    if (drawing.complete) {
      const detail = selectorIgnored === undefined ? {} : { detail: 'selector-ignored' };
      return this.#answer(drawn, { ...served, stored, ...detail }, drawnIn);
    }
    // What was not ready in time never counts as the card: a good one stands in; else this answers, for a moment.
    const standIn = this.#standIn(entry);
    if (standIn !== undefined) return this.#serveStale(standIn, 'unfinished-drawing');
    const unfinished = this.#momentary({ ...drawn, transient: true }, epoch);
    return this.#answer(unfinished, { ...served, stored, detail: 'unfinished-drawing' }, drawnIn);
  }

  /** Draws the card, and keeps it where it is whole and may be kept. */
  async #drawNow(work: Work, page: PageDocument, document: PreparedDocument): Promise<Drawn> {
    const { renderer, clock } = this.#options;
    work.quota.drawing();
    const partition = String(work.request.website.id);
    const rendering = await renderer.render({ document, partition, signal: this.#stopping.signal });
    const { bytes, complete, selectorIgnored, renderTime: render, encodeTime: encode } = rendering;
    const { fingerprint, commonFingerprint } = document;
    const outcome = {
      kind: 'picture',
      picture: pictureOf(rendering),
      renderedAt: clock.now(),
      fingerprint,
      common:
        rendering.common === null || commonFingerprint === null
          ? null
          : { fingerprint: commonFingerprint, limits: rendering.common },
    } as const;
    const drawn = { card: cardOf(work.id, outcome, page), bytes, transient: false };
    const stored = complete && (await this.#keepOrForget(drawn, work.epoch, page.metaTags));
    return { kind: 'drawn', entry: drawn, stored, complete, selectorIgnored, timings: { render, encode } };
  }

  /** Lets a drawing that may not be kept answer for a few seconds, so that its page is not hammered. */
  #momentary(entry: CachedCard, epoch: number): CachedCard {
    const { clock, memory, failureMemory } = this.#options;
    const { policy } = entry.card;
    if (policy.storeForbiddenBy !== null) return entry;
    const now = clock.now();
    const moment = { ...policy, receivedAt: now, freshUntil: epochMs(now + failureMemory), askAlwaysBy: null };
    const momentary: CachedCard = { ...entry, card: { ...entry.card, policy: moment } };
    memory.put(momentary, epoch);
    return momentary;
  }

  /** The kept card, where it has a picture and its page allows it to stand in for a failing origin. */
  #standIn(entry: CachedCard | undefined): CachedCard | undefined {
    if (entry === undefined || entry.transient || entry.card.outcome.kind !== 'picture') return undefined;
    const verdict = judge(entry.card.policy, this.#options.clock.now());
    return verdict.kind === 'fresh' || verdict.onError ? entry : undefined;
  }

  #serveStale(entry: CachedCard, detail: string, forwardStatus?: number): CardResponse {
    const ttl = Math.ceil((entry.card.policy.freshUntil - this.#options.clock.now()) / 1000);
    const status = forwardStatus === undefined ? {} : { forwardStatus };
    return this.#answer(entry, { hit: false, forwarded: 'stale', ttl, detail, ...status }, {});
  }

  /** Keeps a card, or forgets the one before it where the page forbids keeping. Gives whether it is kept. */
  async #keepOrForget(entry: CachedCard, epoch: number, tags?: readonly MetaTag[]): Promise<boolean> {
    const { store, memory } = this.#options;
    if (entry.card.policy.storeForbiddenBy !== null) return this.#forget(entry.card.id);
    const bytes = entry.card.outcome.kind === 'picture' ? entry.bytes : undefined;
    const kept = (await store.cards.keep(entry.card, bytes)) === 'kept';
    if (kept) memory.put(entry, epoch);
    if (kept && tags !== undefined) await store.activity.noteTags(entry.card.id.websiteId, entry.card.id.target, tags);
    return kept;
  }

  async #forget(id: CardId): Promise<false> {
    this.#options.memory.forget(id);
    await this.#options.store.cards.forget(id);
    return false;
  }

  #isFresh(entry: CachedCard): boolean {
    return judge(entry.card.policy, this.#options.clock.now()).kind === 'fresh';
  }

  #answer(entry: CachedCard, served: CacheStatus, timings: Timings): CardResponse {
    return cardResponseOf(entry, judge(entry.card.policy, this.#options.clock.now()), served, timings);
  }
}

/** One renewal: what is asked for, where it goes, what was kept, and when it began. */
interface Work {
  readonly request: CardRequest;
  readonly id: CardId;
  readonly entry: CachedCard | undefined;
  readonly epoch: number;
  readonly quota: RenewalQuota;
}

/** Of what was refused before anything was done, a flood would leave nothing else to see. */
function isWorthNoting({ type }: Problem): boolean {
  return type !== 'stopping' && type !== 'too-many-requests';
}

/** A failure that does not come from the page's own words: a kept card may stand in for it. */
function saysNothingOfThePage(error: unknown): error is Problem {
  if (error instanceof FetchProblem) return error.mayServeKept;
  return error instanceof Problem && ['render-failed', 'queue-full', 'too-many-requests'].includes(error.type);
}

/** Why the kept card needs no new drawing, a token of `Cache-Status`; undefined where it needs one. */
function sameCard(
  website: Website,
  { outcome, versionTag }: KeptCard,
  page: PageDocument,
  document: PreparedDocument,
): string | undefined {
  if (outcome.kind !== 'picture') return undefined;
  // docs/guides/rendering.md: the same version tag as at the last render, whatever became of the HTML.
  if (versionTag !== null && versionTag === page.response.versionTag) return 'same-version';
  // docs/guides/http-caching.md: everything that a template card says is in its document; of whole pages only their owner knows.
  const equal = outcome.fingerprint === document.fingerprint;
  return equal && (document.mode === 'template' || website.settings.equalDocuments) ? 'same-document' : undefined;
}

function cardOf<O extends Outcome>(id: CardId, outcome: O, { response, responseId, purgeVersion }: PageDocument) {
  return { id, outcome, ...response, responseId, purgeVersion };
}

function pictureOf({ bytes, type, width, height }: Rendering): Picture {
  return { hash: createHash('sha256').update(bytes).digest('hex'), type, size: bytes.length, width, height };
}
