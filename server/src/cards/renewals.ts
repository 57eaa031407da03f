import { createHash } from 'node:crypto';
import { Failure } from '../errors.ts';
import { judge } from '../freshness/judge.ts';
import { FetchFailure } from '../origin/fetch-failure.ts';
import type { MetaTag } from '../origin/tags.ts';
import { type PreparedDocument, prepareDocument } from '../render/prepare-document.ts';
import type { Renderer, Rendering } from '../render/renderer.ts';
import type { CardId, Change, KeptCard, Outcome, Picture, Store } from '../store/store.ts';
import { type Clock, epochMs, type Milliseconds } from '../units.ts';
import type { Usage } from '../usage/usage.ts';
import type { Website } from '../websites/website.ts';
import { type Answer, answerOf, type Served, type Timings } from './answer.ts';
import type { Decisions } from './decisions.ts';
import type { PageDocument } from './kept-documents.ts';
import { covers, type Entry, type KeptMemory } from './kept-memory.ts';
import type { PageNews, Pages } from './pages.ts';
import type { Quotas, RenewalQuota } from './quotas.ts';
import { type CardRequest, cardKey } from './request.ts';
import { type Drawn, SharedDrawings } from './shared-drawings.ts';
import { SingleFlight } from './single-flight.ts';
import { wishesOf } from './wishes.ts';

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
  readonly #flights = new SingleFlight<Answer>();
  readonly #drawings: SharedDrawings;
  readonly #stopping = new AbortController();

  constructor(options: RenewalsOptions) {
    this.#options = options;
    this.#drawings = new SharedDrawings(options.store);
  }

  /**
   * One renewal at a time for a card; who comes while it runs shares it.
   * @param entry the kept card, undefined where there is none.
   * @throws {Failure} where there is no card and none can be made.
   */
  async renewed(request: CardRequest, id: CardId, entry: Entry | undefined): Promise<Answer> {
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

  async #renew(request: CardRequest, id: CardId, entry: Entry | undefined): Promise<Answer> {
    const { pages, memory, decisions, usage, quotas } = this.#options;
    const { epoch } = memory;
    const held = entry && { basis: entry.card, responseId: entry.card.responseId, mark: entry.card.mark };
    const quota = quotas.renewal(request);
    try {
      const news = await pages.obtain(request, held, () => quota.fetch(entry !== undefined), this.#stopping.signal);
      const answer = await this.#apply({ request, id, entry, epoch, quota }, news);
      decisions.answered(request, answer);
      usage.renewed(request.website.id, request.consumer.name, answer);
      return answer;
    } catch (error) {
      const status = error instanceof Failure ? Number(error.facts['status'] ?? 0) || undefined : undefined;
      if (error instanceof Failure && isWorthNoting(error)) decisions.failed(request, error, status ?? null);
      const standIn = this.#standIn(entry);
      if (standIn === undefined || !saysNothingOfThePage(error)) throw error;
      return this.#serveStale(standIn, 'stale-if-error', status);
    }
  }

  async #apply(work: Work, news: PageNews): Promise<Answer> {
    const { id, entry } = work;
    const served: Served = {
      hit: false,
      forwarded: entry === undefined ? 'miss' : 'stale',
      ...(news.joined ? { collapsed: true } : {}),
    };
    const timings: Timings = news.fetchTime === undefined ? {} : { fetch: news.fetchTime };

    if (news.kind === 'not-modified') {
      if (entry === undefined) throw new Failure('origin-failed', 'The page answers 304 to nothing that was asked.');
      if (news.basis.policy.storeForbiddenBy !== null) await this.#forget(id);
      const renewed: Entry = { ...entry, card: { ...entry.card, ...news.basis } };
      return this.#answer(renewed, { ...served, forwardStatus: 304 }, timings);
    }

    if (news.kind === 'gone') {
      const { status, mark, responseId, basis } = news;
      const card: KeptCard = { id, outcome: { kind: 'gone', status }, mark, responseId, ...basis };
      const gone: Entry = { card, bytes: Buffer.alloc(0), transient: false };
      // "Kept as long as that response allows": one that allows nothing takes the picture with it.
      const stored = this.#isFresh(gone) ? await this.#keepOrForget(gone, work.epoch) : await this.#forget(id);
      return this.#answer(gone, { ...served, forwardStatus: status, stored }, timings);
    }

    const { page } = news;
    const status = news.fetchTime === undefined ? { detail: 'document-kept' } : { forwardStatus: page.document.status };
    const { website, consumer } = work.request;
    const wishes = wishesOf(page.tags, website.settings.viewportWidth);
    const document = prepareDocument(page.document, consumer.frame, wishes);
    const same = entry && sameCard(website, entry.card, page, document);
    if (entry === undefined || same === undefined)
      return this.#draw(work, page, document, { ...served, ...status }, timings);
    const card: KeptCard = { ...entry.card, ...page.basis, responseId: page.responseId, mark: page.mark };
    const renewed: Entry = { ...entry, card };
    const stored = await this.#keepOrForget(renewed, work.epoch, page.metaTags);
    return this.#answer(renewed, { ...served, ...status, stored, detail: same }, timings);
  }

  async #draw(
    work: Work,
    page: PageDocument,
    document: PreparedDocument,
    served: Served,
    timings: Timings,
  ): Promise<Answer> {
    const { id, entry, epoch } = work;
    const now = () => this.#drawNow(work, page, document);
    const drawing = await this.#drawings.obtain(id, page.responseId, document, now);
    if (drawing.kind === 'shared') {
      const { bytes } = drawing;
      const outcome = { ...drawing.outcome, fingerprint: document.fingerprint };
      const shared: Entry = { card: cardOf(id, outcome, page), bytes, transient: false };
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
  #momentary(entry: Entry, epoch: number): Entry {
    const { clock, memory, failureMemory } = this.#options;
    const { policy } = entry.card;
    if (policy.storeForbiddenBy !== null) return entry;
    const now = clock.now();
    const moment = { ...policy, receivedAt: now, freshUntil: epochMs(now + failureMemory), askAlwaysBy: null };
    const momentary: Entry = { ...entry, card: { ...entry.card, policy: moment } };
    memory.put(momentary, epoch);
    return momentary;
  }

  /** The kept card, where it has a picture and its page allows it to stand in for a failing origin. */
  #standIn(entry: Entry | undefined): Entry | undefined {
    if (entry === undefined || entry.transient || entry.card.outcome.kind !== 'picture') return undefined;
    const verdict = judge(entry.card.policy, this.#options.clock.now());
    return verdict.kind === 'fresh' || verdict.onError ? entry : undefined;
  }

  #serveStale(entry: Entry, detail: string, forwardStatus?: number): Answer {
    const ttl = Math.ceil((entry.card.policy.freshUntil - this.#options.clock.now()) / 1000);
    const status = forwardStatus === undefined ? {} : { forwardStatus };
    return this.#answer(entry, { hit: false, forwarded: 'stale', ttl, detail, ...status }, {});
  }

  /** Keeps a card, or forgets the one before it where the page forbids keeping. Gives whether it is kept. */
  async #keepOrForget(entry: Entry, epoch: number, tags?: readonly MetaTag[]): Promise<boolean> {
    const { store, memory } = this.#options;
    if (entry.card.policy.storeForbiddenBy !== null) return this.#forget(entry.card.id);
    const kept = await store.keep(entry.card, entry.card.outcome.kind === 'picture' ? entry.bytes : undefined);
    if (kept) memory.put(entry, epoch);
    if (kept && tags !== undefined) await store.noteTags(entry.card.id.websiteId, entry.card.id.target, tags);
    return kept;
  }

  async #forget(id: CardId): Promise<false> {
    this.#options.memory.forget(id);
    await this.#options.store.forget(id);
    return false;
  }

  #isFresh(entry: Entry): boolean {
    return judge(entry.card.policy, this.#options.clock.now()).kind === 'fresh';
  }

  #answer(entry: Entry, served: Served, timings: Timings): Answer {
    return answerOf(entry, judge(entry.card.policy, this.#options.clock.now()), served, timings);
  }
}

/** One renewal: what is asked for, where it goes, what was kept, and when it began. */
interface Work {
  readonly request: CardRequest;
  readonly id: CardId;
  readonly entry: Entry | undefined;
  readonly epoch: number;
  readonly quota: RenewalQuota;
}

/** Of what was refused before anything was done, a flood would leave nothing else to see. */
function isWorthNoting({ slug }: Failure): boolean {
  return slug !== 'stopping' && slug !== 'too-many-requests';
}

/** A failure that does not come from the page's own words: a kept card may stand in for it. */
function saysNothingOfThePage(error: unknown): error is Failure {
  if (error instanceof FetchFailure) return error.mayServeKept;
  return error instanceof Failure && ['render-failed', 'queue-full', 'too-many-requests'].includes(error.slug);
}

/** Why the kept card needs no new drawing, a token of `Cache-Status`; undefined where it needs one. */
function sameCard(
  website: Website,
  { outcome, versionTag }: KeptCard,
  page: PageDocument,
  document: PreparedDocument,
): string | undefined {
  if (outcome.kind !== 'picture') return undefined;
  // SPEC section 3: the same version tag as at the last render, whatever became of the HTML.
  if (versionTag !== null && versionTag === page.basis.versionTag) return 'same-version';
  // SPEC section 4: everything that a template card says is in its document; of whole pages only their owner knows.
  const equal = outcome.fingerprint === document.fingerprint;
  return equal && (document.mode === 'template' || website.settings.equalDocuments) ? 'same-document' : undefined;
}

function cardOf<O extends Outcome>(id: CardId, outcome: O, { basis, responseId, mark }: PageDocument) {
  return { id, outcome, ...basis, responseId, mark };
}

function pictureOf({ bytes, type, width, height }: Rendering): Picture {
  return { hash: createHash('sha256').update(bytes).digest('hex'), type, size: bytes.length, width, height };
}
