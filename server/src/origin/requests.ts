import type { Readable } from 'node:stream';
import { LRUCache } from 'lru-cache';
import { Agent, type Dispatcher, Pool } from 'undici';
import { judgedFields } from '../http-syntax/judged-fields.ts';
import type { HeaderLines, ResponseHead, Validators } from '../model/policy.ts';
import { Problem } from '../model/problem.ts';
import type { Clock, Milliseconds } from '../model/units.ts';
import type { RedirectHost } from '../model/website.ts';
import { skipBody } from './body.ts';
import { failed } from './failures.ts';
import { type Guard, portOf } from './guard.ts';
import { guardedLookup } from './guarded-lookup.ts';
import { mayRedirect } from './redirect-hosts.ts';
import { strictUrl } from './strict-url.ts';

/** A request for a page or file of a website. */
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

/** The last response; `redirects` are those that led to it, in order. */
export interface Followed {
  readonly head: ResponseHead;
  readonly body: Dispatcher.ResponseData['body'];
  readonly redirects: readonly ResponseHead[];
}

export interface Requests extends AsyncDisposable {
  /**
   * Sends a request through the guard and follows its redirects. The caller reads or skips the body.
   * @param onBody is told of every body, those of redirects too.
   * @throws {Problem} `address-refused`, `origin-failed`; network errors as they come.
   */
  follow(request: FetchRequest, signal: AbortSignal, onBody?: (body: Readable) => void): Promise<Followed>;
  /**
   * Posts a body, follows no redirect, and returns the status; what is answered besides is not read.
   * @throws {Problem} as `follow`.
   */
  post(url: URL, headers: Readonly<Record<string, string>>, body: string, signal: AbortSignal): Promise<number>;
}

export interface RequestsOptions {
  readonly guard: Guard;
  readonly clock: Clock;
  /** For a connection, for the header section, and between two chunks of the body. */
  readonly timeout: Milliseconds;
}

// docs/guides/http-caching.md.
const maxRedirects = 5;

/** Requests that leave for websites: every connection goes to an address that the guard has checked. */
export function createRequests({ guard, clock, timeout }: RequestsOptions): Requests {
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

  async function once(url: RequestUrl, request: FetchRequest, signal: AbortSignal, onBody?: (body: Readable) => void) {
    guard.checkUrl(parsedOrigin(url.origin));
    const requestTime = clock.now();
    const response = await agent.request({
      origin: url.origin,
      path: url.target,
      method: 'GET',
      headers: requestHeaders(url, request),
      signal,
    });
    onBody?.(response.body);
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

  const follow: Requests['follow'] = async (request, signal, onBody) => {
    const redirects: ResponseHead[] = [];
    let url: RequestUrl = { origin: request.origin, target: request.target };
    for (;;) {
      const { head, body } = await once(url, request, signal, onBody);
      if (!isRedirect(head)) return { head, body, redirects };
      skipBody(body);
      redirects.push(head);
      if (redirects.length > maxRedirects) throw failed(`The page redirects more than ${maxRedirects} times.`);
      url = nextUrl(redirectTarget(head), head.url);
      if (!mayRedirect(request.origin, url.origin, request.redirectHosts)) {
        throw new Problem('address-refused', `The page redirects to ${url.origin}, which is another website.`);
      }
    }
  };

  async function post(url: URL, headers: Readonly<Record<string, string>>, body: string, signal: AbortSignal) {
    guard.checkUrl(url);
    const path = url.pathname + url.search;
    const response = await agent.request({ origin: url.origin, path, method: 'POST', headers, body, signal });
    skipBody(response.body);
    return response.statusCode;
  }

  return { follow, post, [Symbol.asyncDispose]: () => agent.destroy() };
}

// Some 1 MB. The origins of websites, and those they redirect to.
const parsedOrigins = new LRUCache<string, URL>({ max: 1000 });

/** Nobody changes it: every fetch of a website has the same. */
function parsedOrigin(origin: string): URL {
  const known = parsedOrigins.get(origin);
  if (known !== undefined) return known;
  const parsed = new URL(origin);
  parsedOrigins.set(origin, parsed);
  return parsed;
}

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
