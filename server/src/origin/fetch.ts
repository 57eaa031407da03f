import type { Readable } from 'node:stream';
import type { ReadDocument } from '../model/document.ts';
import type { HeaderLines, ResponseHead } from '../model/policy.ts';
import { stopping } from '../model/problem.ts';
import { shortened } from '../model/shortened.ts';
import type { Clock, Milliseconds } from '../model/units.ts';
import { readBody, skipBody } from './body.ts';
import { Deadlines } from './deadline.ts';
import { asFailure } from './failures.ts';
import { FetchProblem } from './fetch-problem.ts';
import type { Guard } from './guard.ts';
import { createRequests, type FetchRequest } from './requests.ts';
import { retryAfter } from './retry-after.ts';

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

export function createFetcher(options: FetcherOptions): Fetcher {
  const { timeout, maxDocumentBytes, read } = options;
  const requests = createRequests(options);
  const deadlines = new Deadlines(timeout);
  return {
    async fetch(request, signal) {
      const deadline = deadlines.start(signal);
      try {
        const { head, body, redirects } = await requests.follow(request, deadline);
        const found = withoutDocument(head, body, redirects);
        if (found !== undefined) return found;
        const bytes = await readBody(body, head.headers, maxDocumentBytes);
        const readDocument = await read(bytes, head.headers, request.origin);
        if (readDocument === undefined) throw unreadable(head.status);
        return { kind: 'document', head, redirects, ...readDocument };
      } catch (error) {
        if (signal?.aborted === true) throw stopping();
        throw asFailure(error, deadline.isOver, timeout);
      } finally {
        deadline.end();
      }
    },
    [Symbol.asyncDispose]: () => requests[Symbol.asyncDispose](),
  };
}

/** The result of a response whose body is not wanted; undefined for a page. @throws {FetchProblem} for all else. */
function withoutDocument(
  head: ResponseHead,
  body: Readable | null,
  redirects: readonly ResponseHead[],
): Exclude<Fetched, { kind: 'document' }> | undefined {
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
  if (unsuitable === undefined) return undefined;
  skipBody(body);
  throw new FetchProblem('page-unsuitable', `The page ${unsuitable}.`, { mayServeKept: false, status });
}

// Without content, and a part of it: no range was asked for.
const notPages = new Set([204, 205, 206]);

/** Why a response is not a page, in words; undefined for a page. */
function unsuitability({ status, headers }: ResponseHead): string | undefined {
  if (status < 200 || status > 299 || notPages.has(status)) return `answers ${status}`;
  const type = headers.find(([name]) => name === 'content-type')?.[1] ?? '';
  if (/^\s*(text\/html|application\/xhtml\+xml)\s*(;|$)/i.test(type)) return undefined;
  return type === '' ? 'is not HTML: it has no Content-Type' : `is ${shortened(type)}, not HTML`;
}

function unreadable(status: number): FetchProblem {
  const message = 'The page takes too long to read: it has too many tags.';
  return new FetchProblem('page-unsuitable', message, { mayServeKept: true, status });
}
