import { Agent, type Dispatcher, errors, Pool } from 'undici';
import { judgedFields } from '../http-syntax/judged-fields.ts';
import type { ReadDocument } from '../model/document.ts';
import type { HeaderLines, ResponseHead, Validators } from '../model/policy.ts';
import { Problem, stopping } from '../model/problem.ts';
import { shortened } from '../model/shortened.ts';
import { type Clock, type Milliseconds, seconds } from '../model/units.ts';
import type { RedirectHost } from '../model/website.ts';
import { readBody, skipBody } from './body.ts';
import { FetchProblem } from './fetch-problem.ts';
import { type Guard, portOf } from './guard.ts';
import { guardedLookup } from './guarded-lookup.ts';
import { mayRedirect } from './redirect-hosts.ts';
import { retryAfter } from './retry-after.ts';
import { strictUrl } from './strict-url.ts';

/** A fetch of a page. */
export interface FetchRequest {
  /** `https://example.com`, and the path and query exactly as sent. */
  readonly origin: string;
  readonly target: string;
  /** `user-agent` and other selecting headers; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Other hosts that it may redirect to. */
  readonly redirectHosts: readonly RedirectHost[];
  /** Sent to `origin` only, never to a redirect's target. */
  readonly secretHeaders?: Readonly<Record<string, string>>;
  /** Sent if `url` is the final address. */
  readonly validators?: Validators & { readonly url: string };
  /** The page was purged: caches on the way must revalidate it (`Cache-Control: no-cache`). */
  readonly bypassCaches: boolean;
}

/** The result. `redirects` are the responses that redirected, in order. */
export type Fetched =
  | (ReadDocument & {
      readonly kind: 'document';
      readonly head: ResponseHead;
      readonly redirects: readonly ResponseHead[];
    })
  | { readonly kind: 'not-modified'; readonly head: ResponseHead; readonly redirects: readonly ResponseHead[] }
  | { readonly kind: 'gone'; readonly head: ResponseHead; readonly redirects: readonly ResponseHead[] };

export interface Fetcher extends AsyncDisposable {
  /**
   * Fetches a page through the guard, following redirects.
   * @throws {FetchProblem} the origin failed, was too slow, or sent something other than a page.
   * @throws {Problem} `address-refused` for an address or redirect that is not allowed.
   */
  fetch(request: FetchRequest, signal?: AbortSignal): Promise<Fetched>;
}

export interface FetcherOptions {
  readonly guard: Guard;
  readonly clock: Clock;
  /** For the whole fetch, redirects and body included. */
  readonly timeout: Milliseconds;
  /** Of the decompressed document. */
  readonly maxDocumentBytes: number;
  /** Reads a document once for all later uses; as `DocumentReader.read`. */
  readonly read: (bytes: Buffer, headers: HeaderLines, partition: string) => Promise<ReadDocument | undefined>;
}

// docs/guides/http-caching.md.
const maxRedirects = 5;

export function createFetcher(options: FetcherOptions): Fetcher {
  const { guard, clock, timeout, maxDocumentBytes, read } = options;
  const connections = {
    // Idle connections are kept this long: longer than a burst of cards, shorter than most servers' timeout.
    keepAliveTimeout: 4000,
    headersTimeout: timeout,
    bodyTimeout: timeout,
    // Larger than any real server's header section.
    maxHeaderSize: 65_536,
    pipelining: 1,
  };
  const agent = new Agent({
    factory: (origin) => {
      const lookup = guardedLookup(guard, portOf(new URL(origin)));
      return new Pool(origin, { ...connections, connect: { lookup, timeout } });
    },
  });

  async function once(url: RequestUrl, request: FetchRequest, signal: AbortSignal) {
    guard.checkUrl(new URL(url.origin));
    const requestTime = clock.now();
    const response = await agent.request({
      origin: url.origin,
      path: url.target,
      method: 'GET',
      headers: requestHeaders(url, request),
      signal,
    });
    const head: ResponseHead = {
      url: url.origin + url.target,
      status: response.statusCode,
      headers: headerLines(response.headers),
      requestTime,
      responseTime: clock.now(),
    };
    const fault = headFault(head);
    if (fault === undefined) return { head, body: response.body };
    skipBody(response.body);
    throw failed(fault, head.status);
  }

  async function follow(request: FetchRequest, signal: AbortSignal): Promise<Outcome> {
    const redirects: ResponseHead[] = [];
    let url: RequestUrl = { origin: request.origin, target: request.target };
    for (;;) {
      const { head, body } = await once(url, request, signal);
      if (!isRedirect(head)) return await outcome(head, body, redirects, maxDocumentBytes);
      skipBody(body);
      redirects.push(head);
      if (redirects.length > maxRedirects) throw failed(`The page redirects more than ${maxRedirects} times.`);
      url = nextUrl(redirectTarget(head), head.url);
      if (!mayRedirect(request.origin, url.origin, request.redirectHosts)) {
        throw new Problem('address-refused', `The page redirects to ${url.origin}, which is another website.`);
      }
    }
  }

  return {
    async fetch(request, signal) {
      const deadline = AbortSignal.timeout(timeout);
      try {
        const outcome = await follow(request, signal === undefined ? deadline : AbortSignal.any([deadline, signal]));
        if (outcome.kind !== 'document') return outcome;
        const { bytes, ...document } = outcome;
        const found = await read(bytes, document.head.headers, request.origin);
        if (found === undefined) throw unreadable(document.head.status);
        return { ...document, ...found };
      } catch (error) {
        if (signal?.aborted === true) throw stopping();
        throw asFailure(error, deadline.aborted, timeout);
      }
    },
    async [Symbol.asyncDispose]() {
      await agent.destroy();
    },
  };
}

/** A response whose body is not read yet. */
type Outcome =
  | Exclude<Fetched, { kind: 'document' }>
  | (Omit<Extract<Fetched, { kind: 'document' }>, keyof ReadDocument> & { readonly bytes: Buffer });

interface RequestUrl {
  readonly origin: string;
  readonly target: string;
}

function requestHeaders(url: RequestUrl, request: FetchRequest): Record<string, string> {
  const { validators } = request;
  const conditional = validators !== undefined && validators.url === url.origin + url.target;
  return {
    accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.1',
    'accept-encoding': 'gzip, deflate, br',
    ...request.headers,
    ...(url.origin === request.origin ? request.secretHeaders : {}),
    ...(request.bypassCaches ? { 'cache-control': 'no-cache', pragma: 'no-cache' } : {}),
    ...(conditional && validators.etag !== undefined ? { 'if-none-match': validators.etag } : {}),
    ...(conditional && validators.lastModified !== undefined ? { 'if-modified-since': validators.lastModified } : {}),
  };
}

function headerLines(headers: Readonly<Record<string, string | string[] | undefined>>): HeaderLines {
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((line) => [name.toLowerCase(), line] as const),
  );
}

// These are stored with each response and judged each time; honest servers stay far below.
const longestJudged = 8192;
// The longest address that we answer.
const longestLocation = 8192;

/** Why a header section is not accepted; undefined if it is. */
function headFault({ headers }: ResponseHead): string | undefined {
  const judged = judgedFields(headers).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  return judged <= longestJudged
    ? undefined
    : `The page's caching headers are longer than ${longestJudged} characters.`;
}

function isRedirect(head: ResponseHead): boolean {
  return [301, 302, 303, 307, 308].includes(head.status);
}

function redirectTarget(head: ResponseHead): string {
  const location = head.headers.find(([name]) => name === 'location')?.[1];
  if (location === undefined) throw failed(`The page answers ${head.status} without a Location.`, head.status);
  if (location.length > longestLocation) {
    throw failed(`The page redirects to an address longer than ${longestLocation} characters.`, head.status);
  }
  return location;
}

function nextUrl(location: string, base: string): RequestUrl {
  const url = redirectUrl(location, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Problem('address-refused', `The page redirects to a ${url.protocol} address, which is never fetched.`);
  }
  return { origin: url.origin, target: url.pathname + url.search };
}

function redirectUrl(location: string, base: string): URL {
  try {
    return strictUrl(location, base);
  } catch (error) {
    if (!(error instanceof Problem) || error.type !== 'address-refused')
      throw failed('The page redirects to an invalid address.');
    throw new Problem('address-refused', `The page redirects to an address that is not allowed. ${error.message}`);
  }
}

async function outcome(
  head: ResponseHead,
  body: Dispatcher.ResponseData['body'],
  redirects: readonly ResponseHead[],
  maxDocumentBytes: number,
): Promise<Outcome> {
  const { status } = head;
  if (status === 304 || status === 404 || status === 410) {
    skipBody(body);
    return { kind: status === 304 ? 'not-modified' : 'gone', head, redirects };
  }
  if (status >= 500 || status === 429) {
    skipBody(body);
    throw new FetchProblem(status >= 500 ? 'origin-failed' : 'page-unsuitable', `The page answers ${status}.`, {
      mayServeKept: true,
      status,
      retryAfter: retryAfter(head),
    });
  }
  const unsuitable = unsuitability(head);
  if (unsuitable !== undefined) {
    skipBody(body);
    throw new FetchProblem('page-unsuitable', `The page ${unsuitable}.`, { mayServeKept: false, status });
  }
  return { kind: 'document', head, bytes: await readBody(body, head.headers, maxDocumentBytes), redirects };
}

/** Why a response is not a page, in words; undefined for a page. */
function unsuitability({ status, headers }: ResponseHead): string | undefined {
  if (status < 200 || status > 299 || status === 204 || status === 205) return `answers ${status}`;
  const type = headers.find(([name]) => name === 'content-type')?.[1] ?? '';
  if (/^\s*(text\/html|application\/xhtml\+xml)\s*(;|$)/i.test(type)) return undefined;
  return `is ${type === '' ? 'of no stated type' : shortened(type)}, not HTML`;
}

function unreadable(status: number): FetchProblem {
  const message = 'The page takes too long to read: it has too many tags.';
  return new FetchProblem('page-unsuitable', message, { mayServeKept: true, status });
}

function failed(message: string, status?: number): FetchProblem {
  return new FetchProblem('origin-failed', message, {
    mayServeKept: true,
    ...(status === undefined ? {} : { status }),
  });
}

/** Turns network errors into readable problems; ours pass unchanged. */
function asFailure(error: unknown, late: boolean, timeout: Milliseconds): Problem {
  if (error instanceof Problem) return error;
  const cause = error instanceof Error && error.cause instanceof Problem ? error.cause : undefined;
  if (cause !== undefined) return cause;
  const slow = late || error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError;
  if (slow || error instanceof errors.ConnectTimeoutError) {
    const message = `The page did not answer within ${seconds(timeout / 1000)} s.`;
    return new FetchProblem('origin-too-slow', message, { mayServeKept: true });
  }
  return failed(`The page could not be fetched: ${reason(error)}.`);
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed early',
  UND_ERR_SOCKET: 'the connection was closed early',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the host cannot be reached',
  EPIPE: 'the connection was closed early',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

function reason(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reason(error.errors[0]);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? 'the response could not be read';
}
