import { OgPlusError } from './error.ts';
import { type Page, type Query, readPage } from './page.ts';

/** One page, several, all whose path begins with a prefix, or the whole website. */
export type PurgeScope = Page | readonly Page[] | { readonly prefix: string } | 'all';

export interface PurgeOptions {
  /** As for `image`: the same page and query mean the same card. */
  readonly query?: Query | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface WarmOptions extends PurgeOptions {
  /** Networks to draw for, such as `['linkedin', 'slack']`; the otherwise those that asked lately. */
  readonly consumers?: readonly string[] | undefined;
}

/** A warm-up that the service works on; one at a time for each website. */
export interface WarmUp {
  readonly id: number;
  readonly state: 'waiting' | 'reading' | 'drawing' | 'done' | 'stopped' | 'failed';
  readonly consumers: readonly string[];
  readonly pages: { readonly total: number; readonly done: number; readonly skipped: number; readonly failed: number };
}

// A purge is answered within seconds, whatever it covers.
const timeout = 30_000;
const mostPages = 1000;

/** The management API, with a website's own key. */
export class Api {
  readonly #service: string;
  readonly #apiKey: string;
  #website: Promise<string> | undefined;

  constructor(service: string, apiKey: string) {
    this.#service = service;
    this.#apiKey = apiKey;
  }

  async purge(scope: PurgeScope, { query, signal }: PurgeOptions = {}): Promise<void> {
    for (const body of purgesOf(scope, query)) await this.#post('purges', body, signal);
  }

  async warm(pages: Page | readonly Page[], { query, consumers, signal }: WarmOptions = {}): Promise<WarmUp> {
    // Pages of the key's own website, by path.
    const targets = listOf(pages).map((page) => readPage(page, query).target);
    return (await this.#post('warmups', { targets, ...(consumers && { consumers }) }, signal)) as WarmUp;
  }

  async #post(what: string, body: unknown, signal: AbortSignal | undefined): Promise<unknown> {
    signal?.throwIfAborted();
    return this.#ask(`/websites/${await this.#websiteId()}/${what}`, body, signal);
  }

  /** The key knows one website, so it is asked for once, for all callers: none of them can abort it. */
  async #websiteId(): Promise<string> {
    this.#website ??= this.#ask('/websites').then((answer) => {
      const [website] = (answer as { websites?: Array<{ id: number }> } | undefined)?.websites ?? [];
      if (website === undefined) throw new OgPlusError('The service knows no website for this apiKey.');
      return String(website.id);
    });
    try {
      return await this.#website;
    } catch (error) {
      this.#website = undefined;
      throw error;
    }
  }

  async #ask(path: string, body?: unknown, signal?: AbortSignal): Promise<unknown> {
    const deadline = AbortSignal.timeout(timeout);
    let response: Response;
    try {
      response = await fetch(`${this.#service}/api/v1${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          authorization: `Bearer ${this.#apiKey}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new OgPlusError(`The service at ${this.#service} did not answer. Is it running? (${String(error)})`);
    }
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) return answer;
    const { title, detail, type } = (answer ?? {}) as { title?: string; detail?: string; type?: string };
    const why =
      [title, detail].filter(Boolean).join(' ') || 'It gave no reason. Does the address belong to OpenGraph+?';
    throw new OgPlusError(`${this.#service} answered ${response.status}: ${why}`, {
      status: response.status,
      ...(type !== undefined && { type }),
    });
  }
}

function purgesOf(scope: PurgeScope, query: Query | undefined): unknown[] {
  if (scope === 'all') return [{ kind: 'website' }];
  if (typeof scope === 'object' && scope !== null && 'prefix' in scope) {
    if (!String(scope.prefix).startsWith('/')) {
      throw new OgPlusError(`prefix must be a path such as /blog/, not ${JSON.stringify(scope.prefix)}.`);
    }
    return [{ kind: 'prefix', prefix: readPage(scope.prefix).target }];
  }
  const targets = listOf(scope).map((page) => addressOf(page, query));
  const count = Math.ceil(targets.length / mostPages);
  return Array.from({ length: count }, (_, at) => ({
    kind: 'pages',
    targets: targets.slice(at * mostPages, (at + 1) * mostPages),
  }));
}

function listOf(pages: Page | readonly Page[]): readonly Page[] {
  return typeof pages === 'string' || pages instanceof URL ? [pages] : pages;
}

function addressOf(page: Page, query: Query | undefined): string {
  const { origin = '', target } = readPage(page, query);
  return origin + target;
}
