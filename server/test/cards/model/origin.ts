import { readDocument } from '../../../src/document/read-document.ts';
import { stopping } from '../../../src/model/problem.ts';
import { type EpochMs, epochMs } from '../../../src/model/units.ts';
import type { Fetched, Fetcher } from '../../../src/origin/fetch.ts';
import { FetchProblem } from '../../../src/origin/fetch-problem.ts';
import type { FetchRequest } from '../../../src/origin/requests.ts';
import type { Log } from './log.ts';

/** What a page says of itself, as far as freshness goes. */
export const policies = [
  { name: 'max-age and ETag', headers: [['cache-control', 'max-age=60']], lifetime: 60, etag: true },
  { name: 'max-age', headers: [['cache-control', 'max-age=60']], lifetime: 60 },
  { name: 'no-cache and ETag', headers: [['cache-control', 'no-cache']], lifetime: 0, etag: true },
  { name: 'no-store', headers: [['cache-control', 'no-store']], lifetime: 0, forbids: true },
  {
    name: 'stale-while-revalidate',
    headers: [['cache-control', 'max-age=60, stale-while-revalidate=600, stale-if-error=600']],
    lifetime: 60,
    etag: true,
  },
  { name: 'must-revalidate', headers: [['cache-control', 'max-age=60, must-revalidate']], lifetime: 60, etag: true },
] as const satisfies ReadonlyArray<{
  readonly name: string;
  readonly headers: ReadonlyArray<readonly [string, string]>;
  readonly lifetime: number;
  readonly etag?: true;
  readonly forbids?: true;
}>;

export type PagePolicy = (typeof policies)[number];

/** What the origin answers with from now on. */
export type Behaviour = 'page' | 'error' | 'gone';

/** One fetch that arrived, and what became of it. Numbers are moments of the log. */
export interface HeardFetch {
  readonly id: number;
  readonly target: string;
  readonly began: number;
  readonly request: FetchRequest;
  /** The page's version that it brought, or still had; undefined for a failure. */
  version?: number;
}

/** The page's version and policy at the moment, and when each version was last said to be good. */
interface Site {
  version: number;
  policy: PagePolicy;
  behaviour: Behaviour;
}

/**
 * An origin whose answers wait until they are let go, in any order. Each document names the fetch that brought it: what
 * is drawn of it, and sent, can be told apart for ever.
 */
export class WaitingOrigin {
  readonly waiting: Array<{ readonly fetch: HeardFetch; readonly asker: object; readonly letGo: () => void }> = [];
  readonly fetches: HeardFetch[] = [];
  /** Until when a document is fresh, by the fetch that brought it. */
  readonly freshUntil = new Map<number, EpochMs>();
  /** Fetches whose document may not be kept. */
  readonly forbidden = new Set<number>();
  readonly #sites = new Map<string, Site>();
  readonly #now: () => EpochMs;
  readonly #log: Log;

  constructor(now: () => EpochMs, log: Log) {
    this.#now = now;
    this.#log = log;
  }

  site(target: string): Site {
    const known = this.#sites.get(target);
    if (known !== undefined) return known;
    const made: Site = { version: 1, policy: policies[0], behaviour: 'page' };
    this.#sites.set(target, made);
    return made;
  }

  /** What one process asks with. */
  for(asker: object): Fetcher {
    return {
      fetch: (request, signal) => this.#fetch(asker, request, signal),
      [Symbol.asyncDispose]: async () => {},
    };
  }

  #fetch(asker: object, request: FetchRequest, signal?: AbortSignal): Promise<Fetched> {
    const requestTime = this.#now();
    const fetch: HeardFetch = { id: this.fetches.length + 1, target: request.target, began: this.#log.next(), request };
    this.fetches.push(fetch);
    const { promise, resolve, reject } = Promise.withResolvers<Fetched>();
    const letGo = () => {
      const at = this.waiting.findIndex((one) => one.fetch === fetch);
      if (at >= 0) this.waiting.splice(at, 1);
      try {
        resolve(this.#answer(fetch, requestTime));
      } catch (error) {
        reject(error);
      }
    };
    const stop = () => reject(stopping());
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop, { once: true });
    this.waiting.push({ fetch, asker, letGo });
    return promise;
  }

  #answer(fetch: HeardFetch, requestTime: EpochMs): Fetched {
    const { version, policy, behaviour } = this.site(fetch.target);
    const responseTime = this.#now();
    if (behaviour === 'error')
      throw new FetchProblem('origin-failed', `fetch ${fetch.id} failed`, { mayServeKept: true, status: 500 });
    fetch.version = version;
    const etag = 'etag' in policy && behaviour === 'page' ? [['etag', `"${version}"`] as const] : [];
    const head = {
      url: `${fetch.request.origin}${fetch.target}`,
      requestTime: epochMs(Math.min(requestTime, responseTime)),
      responseTime,
      headers: [['content-type', 'text/html'] as const, ...policy.headers, ...etag],
    };
    const sent = fetch.request.validators?.etag;
    const until = epochMs(responseTime + policy.lifetime * 1000);
    if (behaviour === 'page' && sent !== undefined && sent === `"${version}"`) {
      for (const { id, target, version: brought } of this.fetches) {
        // Another process may have heard the earlier word only, and hold to it.
        const earlier = this.freshUntil.get(id) ?? until;
        if (target === fetch.target && brought === version) this.freshUntil.set(id, epochMs(Math.max(earlier, until)));
      }
      return { kind: 'not-modified', head: { ...head, status: 304 }, redirects: [] };
    }
    this.freshUntil.set(fetch.id, until);
    if ('forbids' in policy) this.forbidden.add(fetch.id);
    // Its address tells which fetch it was: there is no document to say so.
    const goneAt = `${head.url}?fetch ${fetch.id} version 0`;
    if (behaviour === 'gone') return { kind: 'gone', head: { ...head, url: goneAt, status: 404 }, redirects: [] };
    const body = Buffer.from(`<!doctype html><html><body>fetch ${fetch.id} version ${version}</body></html>`);
    return { kind: 'document', head: { ...head, status: 200 }, redirects: [], ...readDocument(body, head.headers) };
  }
}
