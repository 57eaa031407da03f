import { randomUUID } from 'node:crypto';
import { SingleFlight } from '../concurrency/single-flight.ts';
import { judge } from '../freshness/judge.ts';
import { judgedFields, matches304, renewedBy } from '../freshness/renew.ts';
import type { StoredResponse } from '../model/card.ts';
import type { Change } from '../model/change.ts';
import type { ResponseHead } from '../model/policy.ts';
import { Problem } from '../model/problem.ts';
import { type Clock, type Milliseconds, milliseconds, type Seconds } from '../model/units.ts';
import type { Website } from '../model/website.ts';
import type { Fetched, Fetcher, FetchRequest } from '../origin/fetch.ts';
import { FetchProblem } from '../origin/fetch-problem.ts';
import { type PageTags, pageTags } from '../origin/tags.ts';
import type { Store } from '../store/ports/store.ts';
import { addressOf } from '../websites/parse.ts';
import { assessPage } from './assess-page.ts';
import type { FailureMemory } from './failure-memory.ts';
import { tokenFor } from './fetch-token.ts';
import { shownTags } from './inspect/page-facts.ts';
import type { KeptDocuments, PageDocument } from './kept-documents.ts';
import { covers, type KeptMemory } from './kept-memory.ts';
import type { SiteLimiter } from './limits/site-limiter.ts';
import { type CardRequest, pageKey } from './request.ts';
import { type Selection, selectingHeaders, selectionOf, selects } from './selection.ts';
import { UnwrittenRenewals } from './unwritten-renewals.ts';

/** A response that is held already: its validators make the fetch conditional. */
export interface Held {
  readonly response: StoredResponse;
  readonly responseId: string;
  /** From before it was fetched: it still holds, so no purge that covers the page came since. */
  readonly purgeVersion: number;
}

/** How a page stands now. `fetchTime` is undefined where the origin was not asked. */
export type PageNews = { readonly joined: boolean; readonly fetchTime: Milliseconds | undefined } & (
  | { readonly kind: 'not-modified'; readonly response: StoredResponse }
  | { readonly kind: 'document'; readonly page: PageDocument }
  | {
      readonly kind: 'gone';
      readonly response: StoredResponse;
      readonly responseId: string;
      readonly purgeVersion: number;
      readonly status: 404 | 410;
    }
);

type Outcome =
  | { readonly kind: 'not-modified'; readonly response: StoredResponse; readonly fetchTime: Milliseconds }
  | { readonly kind: 'document'; readonly page: PageDocument; readonly fetchTime: Milliseconds }
  | {
      readonly kind: 'gone';
      readonly response: StoredResponse;
      readonly responseId: string;
      readonly purgeVersion: number;
      readonly status: 404 | 410;
      readonly fetchTime: Milliseconds;
    };

export interface PagesOptions {
  readonly store: Store;
  readonly fetcher: Fetcher;
  readonly clock: Clock;
  readonly memory: KeptMemory;
  readonly documents: KeptDocuments;
  readonly failures: FailureMemory;
  readonly heuristicMax: Seconds;
  readonly siteLimiter: SiteLimiter;
  /** The software's part of our `User-Agent`. */
  readonly software: string;
  /** What a website's fetches carry, so that it can tell them from others'. */
  readonly fetchTokenOf: (website: Website) => string;
  /** Told of a renewal that could not be written down. */
  readonly onBackgroundFailure: (error: unknown) => void;
}

/** Pages as their origins give them: asked once for all who want the same at the same time, conditionally where possible. */
export class Pages implements AsyncDisposable {
  readonly #options: PagesOptions;
  readonly #flights = new SingleFlight<Outcome>();
  readonly #unwritten: UnwrittenRenewals;

  constructor(options: PagesOptions) {
    this.#options = options;
    this.#unwritten = new UnwrittenRenewals(options.store, options.onBackgroundFailure);
  }

  /**
   * The page's document, or the word that what is held still holds.
   * @param held what the card was drawn from; a `304` then answers `not-modified`.
   * @param beforeFetch called where the origin is asked on behalf of this request; what it throws keeps it from that.
   * @throws {Problem} as `Fetcher.fetch`; at once, where the page failed a moment ago.
   */
  async obtain(
    request: CardRequest,
    held: Held | undefined,
    beforeFetch: () => void,
    signal: AbortSignal,
  ): Promise<PageNews> {
    const { documents, failures, clock } = this.#options;
    const key = pageKey(request.website.id, request.target);
    const selection = selectionOf(request);
    const now = clock.now();

    const kept = documents.get(key);
    const usable = kept !== undefined && selects(kept.response.policy, selection) ? kept : undefined;
    if (usable !== undefined && usable.responseId !== held?.responseId && isFresh(usable, clock)) {
      return { kind: 'document', page: usable, joined: false, fetchTime: undefined };
    }

    const failed = failures.get(key, now);
    if (failed !== undefined) throw failed;

    const from = held ?? usable;
    const work = () => {
      beforeFetch();
      return this.#fetch(request, selection, from, signal);
    };
    const flight = this.#flights.run(`${key}${from?.responseId ?? ''}`, work);
    let outcome = await flight.result;
    if (flight.joined && !selects(storedResponseOf(outcome).policy, selection)) {
      // The page varies by what differs between us and who started that fetch.
      outcome = await this.#flights.run(`${key}${from?.responseId ?? ''}\n${JSON.stringify(selection)}`, work).result;
    }
    const how = { joined: flight.joined, fetchTime: outcome.fetchTime };
    if (outcome.kind === 'not-modified' && held === undefined) return this.#renewedDocument(key, outcome, how);
    return { ...outcome, ...how };
  }

  /** Writes down which responses a `304` renewed since the last call. */
  writeDown(): Promise<void> {
    return this.#unwritten.write();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#unwritten[Symbol.asyncDispose]();
  }

  follow(change: Change): void {
    this.#flights.detach((key) => covers(change, key));
  }

  /** A `304` for a document that was still in memory, asked for on behalf of a card that is yet to be drawn. */
  #renewedDocument(key: string, outcome: Outcome, how: { joined: boolean; fetchTime: Milliseconds }): PageNews {
    const page = this.#options.documents.get(key);
    if (page === undefined) throw new Problem('origin-failed', 'The page changed while it was fetched. Try again.');
    return { kind: 'document', page: { ...page, response: storedResponseOf(outcome) }, ...how };
  }

  async #fetch(
    request: CardRequest,
    selection: Selection,
    from: Held | undefined,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const { store, fetcher, siteLimiter, clock, documents, failures, software, fetchTokenOf } = this.#options;
    const { website, target } = request;
    const { epoch } = documents;
    const key = pageKey(website.id, target);
    const { purgeVersion, purged } =
      from === undefined ? await store.changes.purgeState(website.id, target) : { ...from, purged: false };
    const started = performance.now();
    let fetched: Fetched;
    try {
      const address = addressOf(website, target);
      const asked: FetchRequest = {
        ...address,
        headers: selectingHeaders(selection, software),
        bypassCaches: purged,
        redirectHosts: website.settings.redirectHosts,
        ...tokenFor(website, address.origin, fetchTokenOf),
        ...(from === undefined
          ? {}
          : { validators: { ...from.response.policy.validators, url: from.response.head.url } }),
      };
      fetched = await siteLimiter.run(website.id, () => fetcher.fetch(asked, signal), signal);
    } catch (error) {
      if (error instanceof FetchProblem) failures.remember(key, error, clock.now(), error.retryAfter);
      throw error;
    }
    failures.forget(key);
    const fetchTime = milliseconds(performance.now() - started);

    if (fetched.kind === 'not-modified') {
      const { etag, lastModified } = from?.response.policy.validators ?? {};
      if (from === undefined || (etag ?? lastModified) === undefined) {
        throw new FetchProblem('origin-failed', 'The page answers 304 to a request without conditions.', {
          mayServeKept: true,
        });
      }
      // A 304 about another version says nothing of ours.
      if (!matches304(etag, fetched.head)) return this.#fetch(request, selection, undefined, signal);
      return { kind: 'not-modified', response: this.#renew(request, selection, from, fetched, epoch), fetchTime };
    }

    const responseId = randomUUID();
    if (fetched.kind === 'gone') {
      const response = this.#judged(request, selection, fetched.head, fetched.redirects, {});
      const status = fetched.head.status === 410 ? 410 : 404;
      return { kind: 'gone', response, responseId, purgeVersion, status, fetchTime };
    }
    const { head, body, charset, reading, redirects } = fetched;
    const tags = pageTags(reading.metaTags);
    const metaTags = shownTags(reading.metaTags);
    const response = this.#judged(request, selection, head, redirects, tags);
    const document = { url: head.url, status: head.status, headers: head.headers, body, charset, reading };
    const page: PageDocument = { response, responseId, document, tags, metaTags, purgeVersion };
    this.#keepDocument(key, page, epoch);
    return { kind: 'document', page, fetchTime };
  }

  /** RFC 9111 §4.3.4: what is held is renewed from the `304`, in the store and in memory. */
  #renew(
    request: CardRequest,
    selection: Selection,
    from: Held,
    fetched: { head: ResponseHead; redirects: readonly ResponseHead[] },
    epoch: number,
  ): StoredResponse {
    const { memory, documents } = this.#options;
    const { policy, head: before, versionTag } = from.response;
    const maxAge = policy.lifetimeFrom === 'og:plus:cache:max_age' ? { maxAge: String(policy.lifetime) } : {};
    const etag = versionTag === null ? {} : { etag: versionTag };
    const head = renewedBy(before, fetched.head);
    const response = this.#judged(request, selection, head, fetched.redirects, { ...maxAge, ...etag });
    const { website, target } = request;
    const key = pageKey(website.id, target);
    this.#unwritten.add({ websiteId: website.id, target, responseId: from.responseId, response });
    memory.renew(key, from.responseId, response);
    const document = documents.get(key);
    if (document?.responseId === from.responseId) this.#keepDocument(key, { ...document, response }, epoch);
    return response;
  }

  #keepDocument(key: string, page: PageDocument, epoch: number): void {
    if (page.response.policy.storeForbiddenBy === null) this.#options.documents.put(key, page, epoch);
    else this.#options.documents.forget(key);
  }

  #judged(
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
}

function isFresh(page: PageDocument, clock: Clock): boolean {
  return judge(page.response.policy, clock.now()).kind === 'fresh';
}

function storedResponseOf(outcome: Outcome): StoredResponse {
  return outcome.kind === 'document' ? outcome.page.response : outcome.response;
}
