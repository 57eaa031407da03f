import { randomUUID } from 'node:crypto';
import { judge } from '../freshness/judge.ts';
import { matches304, renewedBy } from '../freshness/renew.ts';
import { judgedFields } from '../http-syntax/judged-fields.ts';
import type { StoredResponse } from '../model/card.ts';
import type { ResponseHead } from '../model/policy.ts';
import { Problem } from '../model/problem.ts';
import { type Clock, epochMs, type Milliseconds, milliseconds, type Seconds } from '../model/units.ts';
import type { Website } from '../model/website.ts';
import type { Fetched, Fetcher } from '../origin/fetch.ts';
import { FetchProblem } from '../origin/fetch-problem.ts';
import { type PageTags, pageTags } from '../origin/tags.ts';
import type { Store } from '../store/ports/store.ts';
import { addressOf } from '../websites/parse.ts';
import { assessPage } from './assess-page.ts';
import { tokenFor } from './fetch-token.ts';
import { shownTags } from './inspect/page-facts.ts';
import type { SiteLimiter } from './limits/site-limiter.ts';
import type { CardRequest } from './request.ts';
import { type Selection, selectingHeaders, selectionOf, selects } from './selection.ts';
import type { PageDocument } from './state/cached-card.ts';
import type { PageState } from './state/page-state.ts';
import type { PageStates } from './state/page-states.ts';
import { UnwrittenRenewals } from './unwritten-renewals.ts';

/** A response that is held already: its validators make the fetch conditional. */
export interface Revalidated {
  readonly response: StoredResponse;
  readonly responseId: string;
  /** The purge version from before it was fetched. */
  readonly purgeVersion: number;
}

type Found =
  | { readonly kind: 'not-modified'; readonly response: StoredResponse }
  | { readonly kind: 'document'; readonly page: PageDocument }
  | ({ readonly kind: 'gone'; readonly status: 404 | 410 } & Revalidated);

/** How a page stands now. */
export type PageNews = Found & {
  /** Another request's fetch said so. */
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
  /** How long a failure is remembered, where the origin does not ask for longer. */
  readonly failureMemory: Milliseconds;
  /** The software's part of our `User-Agent`. */
  readonly software: string;
  /** What a website's fetches carry, so that it can tell them from others'. */
  readonly fetchTokenOf: (website: Website) => string;
  /** Told of what the store could not do behind a fetch. */
  readonly onStoreFailure: (error: unknown) => void;
}

// The longest that an origin's Retry-After is followed: a typing error there should not lose a page for a day.
const longestRetryAfter = 5 * 60_000;

/** Pages as their origins give them: asked once for all who want the same at the same time, conditionally where possible. */
export class Pages implements AsyncDisposable {
  readonly #options: PagesOptions;
  readonly #unwritten: UnwrittenRenewals;

  constructor(options: PagesOptions) {
    this.#options = options;
    this.#unwritten = new UnwrittenRenewals(options.store, options.onStoreFailure);
  }

  /**
   * The page's document, or the word that what is held still holds.
   * @param held what the card was drawn from; a `304` then answers `not-modified`.
   * @param beforeFetch called where the origin is asked on behalf of this request; what it throws keeps it from that.
   * @throws {Problem} as `Fetcher.fetch`; at once, where the page failed a moment ago.
   */
  async obtain(
    state: PageState,
    request: CardRequest,
    held: Revalidated | undefined,
    beforeFetch: () => void,
    signal: AbortSignal,
  ): Promise<PageNews> {
    const { clock, states } = this.#options;
    const selection = selectionOf(request);
    const { document } = state;
    const usable = document !== undefined && selects(document.response.policy, selection) ? document : undefined;
    if (usable !== undefined && usable.responseId !== held?.responseId && this.#isFresh(usable)) {
      return { kind: 'document', page: usable, joined: false, fetchTime: undefined };
    }
    const failed = state.failure(clock.now());
    if (failed !== undefined) throw failed.problem;

    const from = held ?? usable;
    const work = () => {
      beforeFetch();
      return this.#fetch(state, request, selection, from, signal);
    };
    const name = `fetch ${from?.responseId ?? ''}`;
    const purgeVersion = from?.purgeVersion ?? states.newest; // what a 304 says is of what is held
    const flight = state.share(name, purgeVersion, work);
    let fetched = await flight.result;
    if (flight.joined && !selects(storedResponseOf(fetched).policy, selection)) {
      // The page varies by what differs between us and who started that fetch.
      fetched = await state.share(`${name} ${JSON.stringify(selection)}`, purgeVersion, work).result;
    }
    const how = { joined: flight.joined, fetchTime: fetched.fetchTime };
    if (fetched.kind !== 'not-modified' || held !== undefined) return { ...fetched, ...how };
    // A `304` for a document that was still in memory, asked for on behalf of a card that is yet to be drawn.
    if (usable === undefined) throw new Problem('origin-failed', 'The page changed while it was fetched. Try again.');
    return { kind: 'document', page: { ...usable, response: fetched.response }, ...how };
  }

  /** Writes down which responses a `304` renewed since the last call. */
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
    from: Revalidated | undefined,
    signal: AbortSignal,
  ): Promise<Found & { readonly fetchTime: Milliseconds }> {
    const { clock } = this.#options;
    const { website, target } = request;
    const { purgeVersion, purged } =
      from === undefined ? await this.#purgeState(state) : { purgeVersion: from.purgeVersion, purged: false };
    const started = performance.now();
    const fetched = await this.#ask(state, request, selection, { from, purged, purgeVersion }, signal);
    const fetchTime = milliseconds(performance.now() - started);

    if (fetched.kind === 'not-modified') {
      const { etag, lastModified } = from?.response.policy.validators ?? {};
      if (from === undefined || (etag ?? lastModified) === undefined) {
        const message = 'The page answers 304 to a request without conditions.';
        throw new FetchProblem('origin-failed', message, { mayServeKept: true });
      }
      // A 304 about another version says nothing of ours.
      if (!matches304(etag, fetched.head)) return this.#fetch(state, request, selection, undefined, signal);
      const response = this.#renewedResponse(request, selection, from, fetched);
      this.#unwritten.add({ websiteId: website.id, target, responseId: from.responseId, response });
      state.renew(from.responseId, response, clock.now());
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
    const metaTags = shownTags(reading.metaTags);
    const response = this.#storedResponse(request, selection, head, redirects, tags);
    const document = { url: head.url, status: head.status, headers: head.headers, body, charset, reading };
    const page: PageDocument = { response, responseId, document, tags, metaTags, purgeVersion };
    if (response.policy.storeForbiddenBy === null) state.keepDocument(page, clock.now());
    else state.forgetDocument();
    return { kind: 'document', page, fetchTime };
  }

  /** Where the page stands in the order of purges; of a store that does not answer, what this process knows. */
  async #purgeState({
    websiteId,
    target,
  }: PageState): Promise<{ readonly purgeVersion: number; readonly purged: boolean }> {
    const { store, states, onStoreFailure } = this.#options;
    try {
      return await store.changes.purgeState(websiteId, target);
    } catch (error) {
      onStoreFailure(error);
      return { purgeVersion: states.newest, purged: true };
    }
  }

  async #ask(
    state: PageState,
    { website, target }: CardRequest,
    selection: Selection,
    { from, purged, purgeVersion }: { from: Revalidated | undefined; purged: boolean; purgeVersion: number },
    signal: AbortSignal,
  ): Promise<Fetched> {
    const { fetcher, siteLimiter, clock, software, fetchTokenOf, failureMemory } = this.#options;
    try {
      const address = addressOf(website, target);
      const asked = {
        ...address,
        headers: selectingHeaders(selection, software),
        bypassCaches: purged,
        redirectHosts: website.settings.redirectHosts,
        ...tokenFor(website, address.origin, fetchTokenOf),
        ...(from && { validators: { ...from.response.policy.validators, url: from.response.head.url } }),
      };
      const fetched = await siteLimiter.run(website.id, () => fetcher.fetch(asked, signal), signal);
      state.forgetFailure();
      return fetched;
    } catch (problem) {
      if (problem instanceof FetchProblem) {
        const span = Math.min(Math.max(failureMemory, (problem.retryAfter ?? 0) * 1000), longestRetryAfter);
        state.keepFailure({ problem, until: epochMs(clock.now() + span), purgeVersion });
      }
      throw problem;
    }
  }

  /** RFC 9111 §4.3.4: what is held, renewed from the `304`. */
  #renewedResponse(
    request: CardRequest,
    selection: Selection,
    { response: { policy, head: stored, versionTag } }: Revalidated,
    { head, redirects }: Fetched,
  ): StoredResponse {
    const maxAge = policy.lifetimeFrom === 'og:plus:cache:max_age' ? { maxAge: String(policy.lifetime) } : {};
    const etag = versionTag === null ? {} : { etag: versionTag };
    return this.#storedResponse(request, selection, renewedBy(stored, head), redirects, { ...maxAge, ...etag });
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

function storedResponseOf(found: Found): StoredResponse {
  return found.kind === 'document' ? found.page.response : found.response;
}
