import type { Readable } from 'node:stream';
import { Agent, Pool } from 'undici';
import { judgedFields } from '../http-syntax/judged-fields.ts';
import type { ResponseHead, Validators } from '../model/policy.ts';
import { Problem } from '../model/problem.ts';
import type { Clock, Milliseconds } from '../model/units.ts';
import type { RedirectHost } from '../model/website.ts';
import { skipBody } from './body.ts';
import { type Answer, type Ending, exchange } from './exchange.ts';
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
interface Followed {
  readonly head: ResponseHead;
  /** Null where there can be none. */
  readonly body: Readable | null;
  readonly redirects: readonly ResponseHead[];
}

export interface Requests extends AsyncDisposable {
  /**
   * Sends a request through the guard and follows its redirects. The caller reads or skips the body.
   * @throws {Problem} `address-refused`, `origin-failed`; network errors as they come.
   */
  follow(request: FetchRequest, ending: Ending): Promise<Followed>;
  /**
   * Posts a body, follows no redirect, and returns the status; what is answered besides is not read.
   * @throws {Problem} as `follow`.
   */
  post(url: URL, headers: Readonly<Record<string, string>>, body: string, ending: Ending): Promise<number>;
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

  function send(url: RequestUrl, request: FetchRequest, ending: Ending): Promise<Answer> {
    guard.checkOrigin(url.origin);
    const headers = requestHeaders(url, request);
    return exchange(agent, { origin: url.origin, path: url.target, method: 'GET', headers }, ending);
  }

  const follow: Requests['follow'] = async (request, ending) => {
    const redirects: ResponseHead[] = [];
    let url: RequestUrl = { origin: request.origin, target: request.target };
    for (;;) {
      const requestTime = clock.now();
      const { status, headers, body } = await send(url, request, ending);
      const head = { url: url.origin + url.target, status, headers, requestTime, responseTime: clock.now() };
      const fault = headFault(head);
      if (fault === undefined && !isRedirect(head)) return { head, body, redirects };
      skipBody(body);
      if (fault !== undefined) throw failed(fault, status);
      redirects.push(head);
      if (redirects.length > maxRedirects) throw failed(`The page redirects more than ${maxRedirects} times.`);
      url = nextUrl(redirectTarget(head), head.url);
      if (!mayRedirect(request.origin, url.origin, request.redirectHosts)) {
        throw new Problem('address-refused', `The page redirects to ${url.origin}, which is another website.`);
      }
    }
  };

  const post: Requests['post'] = async (url, headers, body, ending) => {
    guard.checkUrl(url);
    const path = url.pathname + url.search;
    const answer = await exchange(agent, { origin: url.origin, path, method: 'POST', headers, body }, ending);
    skipBody(answer.body);
    return answer.status;
  };

  return { follow, post, [Symbol.asyncDispose]: () => agent.destroy() };
}

interface RequestUrl {
  readonly origin: string;
  readonly target: string;
}

/** Names and values in turn. */
function requestHeaders(url: RequestUrl, request: FetchRequest): string[] {
  const { validators } = request;
  const lines = [...usualLines(request.headers)];
  if (request.secretHeaders !== undefined && url.origin === request.origin)
    for (const [name, value] of Object.entries(request.secretHeaders)) set(lines, name, value);
  if (request.bypassCaches) lines.push('cache-control', 'no-cache', 'pragma', 'no-cache');
  if (validators?.url !== url.origin + url.target) return lines;
  if (validators.etag !== undefined) lines.push('if-none-match', validators.etag);
  if (validators.lastModified !== undefined) lines.push('if-modified-since', validators.lastModified);
  return lines;
}

/** Headers that are the same for many requests, as lines. */
const knownLines = new WeakMap<FetchRequest['headers'], readonly string[]>();

function usualLines(headers: FetchRequest['headers']): readonly string[] {
  const known = knownLines.get(headers);
  if (known !== undefined) return known;
  const lines = [...always];
  for (const [name, value] of Object.entries(headers)) set(lines, name, value);
  knownLines.set(headers, lines);
  return lines;
}

const always = ['accept', 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.1', 'accept-encoding', 'gzip, deflate, br'];

/** A request's own field replaces the usual one. */
function set(lines: string[], name: string, value: string): void {
  const at = always.indexOf(name);
  if (at < 0) lines.push(name, value);
  else lines[at + 1] = value;
}

// These are stored with each response and judged each time; honest servers stay far below.
const longestJudged = 8192;
// The longest address that we answer.
const longestLocation = 8192;

/** Why a header section is not accepted; undefined if it is. */
function headFault({ headers }: ResponseHead): string | undefined {
  let all = 0;
  for (const [name, value] of headers) all += name.length + value.length;
  if (all <= longestJudged) return undefined;
  const judged = judgedFields(headers).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  return judged <= longestJudged
    ? undefined
    : `The page's caching headers are longer than ${longestJudged} characters.`;
}

const redirecting = new Set([301, 302, 303, 307, 308]);

function isRedirect(head: ResponseHead): boolean {
  return redirecting.has(head.status);
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
