import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { judge } from '../freshness/judge.ts';
import { matches304, renewedBy } from '../freshness/renew.ts';
import { judgedFields } from '../http-syntax/judged-fields.ts';
import type { StoredResponse } from '../model/card.ts';
import type { ResponseHead } from '../model/policy.ts';
import { Problem } from '../model/problem.ts';
import { type Clock, epochMs, type Milliseconds, milliseconds, type Seconds, seconds } from '../model/units.ts';
import type { Website, WebsiteId } from '../model/website.ts';
import type { Fetched, Fetcher } from '../origin/fetch.ts';
import { FetchProblem } from '../origin/fetch-problem.ts';
import { type PageTags, pageTags } from '../origin/tags.ts';
import type { PurgeState } from '../store/ports/changes.ts';
import type { Store } from '../store/ports/store.ts';
import { addressOf } from '../websites/parse.ts';
import { assessPage } from './assess-page.ts';
import { tokenFor } from './fetch-token.ts';
import { shownTags } from './inspect/page-facts.ts';
import type { SiteLimiter } from './limits/site-limiter.ts';
import type { CardRequest } from './request.ts';
import { type LastRenewal, renewedAgain } from './same-renewal.ts';
import { type Selection, selectingHeaders, selectionOf, selects } from './selection.ts';
import type { PageDocument } from './state/cached-card.ts';
import type { PageState } from './state/page-state.ts';
import type { PageStates } from './state/page-states.ts';
import { UnwrittenRenewals } from './unwritten-renewals.ts';

/** A stored response: its validators make the fetch conditional. */
export interface Revalidated {
  readonly response: StoredResponse;
  readonly responseId: string;
  /** The purge version from before it was fetched. */
  readonly purgeVersion: number;
}

type Changed =
  | { readonly kind: 'document'; readonly page: PageDocument }
  | ({ readonly kind: 'gone'; readonly status: 404 | 410 } & Revalidated);

type Found = { readonly kind: 'not-modified'; readonly response: StoredResponse } | Changed;

/** The current state of a page. */
export type PageNews = Found & {
  /** The result of another request's fetch. */
  readonly joined: boolean;
  /** Undefined where the origin was not asked. */
  readonly fetchTime: Milliseconds | undefined;
};

export interface PagesOptions {
  readonly store: Store;
  readonly states: PageStates;
  readonly fetcher: Fetcher;
  readonly clock: Clock;
  readonly heuristicMax: Seconds;
  readonly siteLimiter: SiteLimiter;
  /** How long a failure is remembered, unless the origin asks for longer (`Retry-After`). */
  readonly failureMemory: Milliseconds;
  /** The software's part of our `User-Agent`. */
  readonly software: string;
  /** The token in a website's fetches, so that it can tell them from others'. */
  readonly fetchTokenOf: (website: Website) => string;
  /** Called after each request for a document, with its bytes; 0 where none came. */
  readonly onFetched?: ((websiteId: WebsiteId, bytes: number) => void) | undefined;
  /** Called with errors of the store during a fetch. */
  readonly onStoreFailure: (error: unknown) => void;
}

// The longest Retry-After that is followed: a typing error there should not lose a page for a day.
const longestRetryAfter = 5 * 60_000;

// Some 2 MB. Only those that come again soon are of use.
const mostRenewals = 1000;

/** Fetches pages from their origins: once for all requests at the same time, conditionally where possible. */
export class Pages implements AsyncDisposable {
  readonly #options: PagesOptions;
  readonly #unwritten: UnwrittenRenewals;
  readonly #lastRenewals = new LRUCache<string, LastRenewal>({ max: mostRenewals });
  /** By consumer: most requests name no language. */
  readonly #headers = new Map<string, Readonly<Record<string, string>>>();

  constructor(options: PagesOptions) {
    this.#options = options;
    this.#unwritten = new UnwrittenRenewals(options.store, options.onStoreFailure);
  }

  /**
   * The page's document, or that the stored response is still valid.
   * @param stored the response the card was rendered from; a `304` then gives `not-modified`.
   * @param beforeFetch called before a fetch on behalf of this request; it prevents the fetch by rejecting.
   * @param purge the page's purge state as it was read a moment ago, if it was.
   * @throws {Problem} as `Fetcher.fetch`; at once if the page failed a moment ago.
   */
  async obtain(
    state: PageState,
    request: CardRequest,
    stored: Revalidated | undefined,
    beforeFetch: () => Promise<void> | undefined,
    purge: PurgeState | undefined,
    signal: AbortSignal,
  ): Promise<PageNews> {
    const { clock, states } = this.#options;
    const selection = selectionOf(request);
    const { document } = state;
    const usable = document !== undefined && selects(document.response.policy, selection) ? document : undefined;
    const { anew } = request;
    const isEnough =
      anew === undefined
        ? usable !== undefined && usable.responseId !== stored?.responseId && this.#isFresh(usable)
        : usable !== undefined && usable.responseId === anew.responseId;
    if (usable !== undefined && isEnough)
      return { ...notNewer({ kind: 'document', page: usable }, request), joined: false, fetchTime: undefined };
    const failed = state.failure(clock.now());
    if (failed !== undefined && anew === undefined)
      throw failed.problem.remembered(seconds(Math.ceil((failed.until - clock.now()) / 1000)));

    const revalidated = anew === undefined ? (stored ?? usable) : undefined;
    const work = () => this.#fetch(state, request, selection, revalidated, purge, signal, beforeFetch);
    const name = anew === undefined ? `fetch ${revalidated?.responseId ?? ''}` : `fetch anew ${anew.id}`;
    // A 304 confirms what is stored.
    const purgeVersion = Math.min(request.asOf, revalidated?.purgeVersion ?? states.newest);
    const flight = state.share(name, purgeVersion, work);
    let fetched = await flight.result;
    if (flight.joined && !selects(storedResponseOf(fetched).policy, selection)) {
      // The page varies by a field that differs between this request and the one that started the fetch.
      fetched = await state.share(`${name} ${JSON.stringify(selection)}`, purgeVersion, work).result;
    }
    const how = { joined: flight.joined, fetchTime: fetched.fetchTime };
    if (anew !== undefined && fetched.kind === 'document') anew.responseId = fetched.page.responseId;
    if (fetched.kind === 'not-modified' && stored !== undefined) return { ...fetched, ...how };
    if (fetched.kind !== 'not-modified') return { ...notNewer(fetched, request), ...how };
    // A 304 for a document in memory that this card is yet to be rendered from.
    if (usable === undefined) throw new Problem('origin-failed', 'The page changed while it was fetched. Try again.');
    return { ...notNewer({ kind: 'document', page: { ...usable, response: fetched.response } }, request), ...how };
  }

  /** Whether a `304` renewed the response and the store does not know yet. */
  isUnwritten(responseId: string): boolean {
    return this.#unwritten.has(responseId);
  }

  /** Writes the responses that a `304` renewed since the last call. */
  writeDown(): Promise<void> {
    return this.#unwritten.write();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#unwritten[Symbol.asyncDispose]();
  }

  async #fetch(
    state: PageState,
    request: CardRequest,
    selection: Selection,
    revalidated: Revalidated | undefined,
    known: PurgeState | undefined,
    signal: AbortSignal,
    beforeFetch?: () => Promise<void> | undefined,
  ): Promise<Found & { readonly fetchTime: Milliseconds }> {
    const { clock } = this.#options;
    const { website, target } = request;
    const waiting = beforeFetch?.();
    if (waiting !== undefined) await waiting;
    const { purgeVersion: newest, purged } =
      revalidated === undefined
        ? await this.#purgeState(state, known)
        : { purgeVersion: revalidated.purgeVersion, purged: false };
    const purgeVersion = Math.min(request.asOf, newest);
    const started = performance.now();
    const fetched = await this.#ask(state, request, selection, { revalidated, purged, purgeVersion }, signal);
    const fetchTime = milliseconds(performance.now() - started);

    if (fetched.kind === 'not-modified') {
      const { etag, lastModified } = revalidated?.response.policy.validators ?? {};
      if (revalidated === undefined || (etag ?? lastModified) === undefined) {
        const message = 'The page answers 304 to an unconditional request.';
        throw new FetchProblem('origin-failed', message, { mayServeKept: true });
      }
      // A 304 about another version does not confirm ours.
      if (!matches304(etag, fetched.head)) return this.#fetch(state, request, selection, undefined, undefined, signal);
      const response = this.#renewedResponse(request, selection, revalidated, fetched);
      if (state.isVoid(purgeVersion)) return { kind: 'not-modified', response, fetchTime };
      this.#unwritten.add({ websiteId: website.id, target, responseId: revalidated.responseId, response });
      state.renew(revalidated.responseId, response, clock.now());
      return { kind: 'not-modified', response, fetchTime };
    }

    const responseId = randomUUID();
    if (fetched.kind === 'gone') {
      const response = this.#storedResponse(request, selection, fetched.head, fetched.redirects, {});
      const status = fetched.head.status === 410 ? 410 : 404;
      return { kind: 'gone', response, responseId, purgeVersion, status, fetchTime };
    }
    const { head, body, charset, reading, redirects } = fetched;
    const tags = pageTags(reading.metaTags);
    const metaTags = shownTags(reading);
    const response = this.#storedResponse(request, selection, head, redirects, tags);
    const document = { url: head.url, status: head.status, headers: head.headers, body, charset, reading };
    const page: PageDocument = { response, responseId, document, tags, metaTags, purgeVersion };
    if (response.policy.storeForbiddenBy === null) state.keepDocument(page, clock.now());
    else state.forgetDocument();
    return { kind: 'document', page, fetchTime };
  }

  /** The page's purge version; when the store fails, the newest one this process knows. */
  async #purgeState(
    { websiteId, target }: PageState,
    known: PurgeState | undefined,
  ): Promise<Pick<PurgeState, 'purgeVersion' | 'purged'>> {
    const { store, states, onStoreFailure } = this.#options;
    if (known !== undefined && known.purgeVersion >= states.newest) return known;
    try {
      return await store.changes.purgeState(websiteId, target);
    } catch (error) {
      onStoreFailure(error);
      return { purgeVersion: states.newest, purged: true };
    }
  }

  async #ask(
    state: PageState,
    { website, target, anew }: CardRequest,
    selection: Selection,
    {
      revalidated,
      purged,
      purgeVersion,
    }: { revalidated: Revalidated | undefined; purged: boolean; purgeVersion: number },
    signal: AbortSignal,
  ): Promise<Fetched> {
    const { fetcher, siteLimiter, clock, fetchTokenOf, failureMemory, onFetched } = this.#options;
    let [isAsked, bytes] = [false, 0];
    try {
      const address = addressOf(website, target);
      const asked = {
        ...address,
        headers: this.#headersOf(selection),
        bypassCaches: purged || anew !== undefined,
        redirectHosts: website.settings.redirectHosts,
        ...tokenFor(website, address.origin, fetchTokenOf),
        ...(revalidated && {
          validators: { ...revalidated.response.policy.validators, url: revalidated.response.head.url },
        }),
      };
      const fetchNow = () => {
        isAsked = true;
        return fetcher.fetch(asked, signal);
      };
      const fetched = await siteLimiter.run(website.id, fetchNow, signal);
      if (fetched.kind === 'document') bytes = fetched.body.length;
      state.forgetFailure();
      return fetched;
    } catch (problem) {
      if (problem instanceof FetchProblem) {
        const span = Math.min(Math.max(failureMemory, (problem.options.retryAfter ?? 0) * 1000), longestRetryAfter);
        state.keepFailure({ problem, until: epochMs(clock.now() + span), purgeVersion });
      }
      throw problem;
    } finally {
      if (isAsked) onFetched?.(website.id, bytes);
    }
  }

  #headersOf(selection: Selection): Readonly<Record<string, string>> {
    const { 'user-agent': consumer = '', 'accept-language': language } = selection;
    if (language !== '') return selectingHeaders(selection, this.#options.software);
    const known = this.#headers.get(consumer) ?? selectingHeaders(selection, this.#options.software);
    this.#headers.set(consumer, known);
    return known;
  }

  /** RFC 9111 §4.3.4: the stored response, updated from the `304`. */
  #renewedResponse(
    request: CardRequest,
    selection: Selection,
    { response: { policy, head: storedHead, versionTag }, responseId }: Revalidated,
    { head, redirects }: Fetched,
  ): StoredResponse {
    const { settings } = request.website;
    const last = this.#lastRenewals.get(responseId);
    const isLast = last?.response.policy === policy && last.settings === settings && redirects.length === 0;
    const again = isLast ? renewedAgain(last, head) : undefined;
    if (again !== undefined) {
      this.#lastRenewals.set(responseId, { response: again, notModified: head.headers, settings });
      return again;
    }
    const maxAge = policy.lifetimeFrom === 'og:plus:cache:max_age' ? { maxAge: String(policy.lifetime) } : {};
    const etag = versionTag === null ? {} : { etag: versionTag };
    const tags = { ...maxAge, ...etag };
    const response = this.#storedResponse(request, selection, renewedBy(storedHead, head), redirects, tags);
    if (redirects.length === 0) this.#lastRenewals.set(responseId, { response, notModified: head.headers, settings });
    else this.#lastRenewals.delete(responseId);
    return response;
  }

  #storedResponse(
    request: CardRequest,
    selection: Selection,
    head: ResponseHead,
    redirects: readonly ResponseHead[],
    tags: PageTags,
  ): StoredResponse {
    const policy = assessPage(head, redirects, {
      maxAgeTag: tags.maxAge,
      defaultMaxAge: request.website.settings.defaultMaxAge,
      heuristicMax: this.#options.heuristicMax,
      requestHeaders: selection,
    });
    return { head: { ...head, headers: judgedFields(head.headers) }, policy, versionTag: tags.etag ?? null };
  }

  #isFresh({ response }: PageDocument): boolean {
    return judge(response.policy, this.#options.clock.now()).kind === 'fresh';
  }
}

/** What others fetched, for a request whose website may have been read before: no newer than its settings. */
function notNewer(found: Changed, { asOf }: CardRequest): Changed {
  const capped = (version: number) => ({ purgeVersion: Math.min(version, asOf) });
  return found.kind === 'document'
    ? { kind: 'document', page: { ...found.page, ...capped(found.page.purgeVersion) } }
    : { ...found, ...capped(found.purgeVersion) };
}

function storedResponseOf(found: Found): StoredResponse {
  return found.kind === 'document' ? found.page.response : found.response;
}
