import type { HeaderFields } from './types.ts';

/**
 * A page or its response as test tools give it: HTML as text; a `Response` of fetch; a response of Playwright, supertest,
 * light-my-request; a page of Playwright, whose tags are then those that scripts left.
 */
export type Received =
  | string
  | { content(): Promise<string>; url(): string }
  | {
      readonly status?: number | (() => number) | undefined;
      readonly statusCode?: number | undefined;
      readonly headers?: HeaderFields | (() => Readonly<Record<string, string>>) | undefined;
      readonly url?: string | (() => string) | undefined;
      readonly text?: string | (() => string | Promise<string>) | undefined;
      readonly body?: unknown;
      readonly html?: string | undefined;
    };

/** What is known of it. */
export interface Known {
  readonly html: string;
  readonly status?: number | undefined;
  readonly headers?: HeaderFields | undefined;
}

/** At once where its HTML is at hand, so that a matcher needs no `await` then. */
export function withKnown<T>(received: Received, use: (known: Known) => T): T | Promise<T> {
  if (typeof received === 'string') return use({ html: received });
  if (typeof received !== 'object' || received === null) throw new TypeError(notAPage(received));
  if ('content' in received && typeof received.content === 'function') {
    return received.content().then((html) => use({ html }));
  }
  const { status, statusCode, headers, text, html, body } = received as Exclude<
    Received,
    string | { content(): unknown }
  >;
  const known = (found: string) =>
    use({ html: found, status: statusCode ?? resultOf(status, received), headers: resultOf(headers, received) });
  const there = [html, text, body].find((one) => typeof one === 'string');
  if (there !== undefined) return known(there as string);
  if (typeof text !== 'function') throw new TypeError(notAPage(received));
  // A `Response` can be read once, and the test may want to read it too.
  const readable = received instanceof Response ? received.clone() : received;
  const read = text.call(readable);
  return typeof read === 'string' ? known(read) : read.then(known);
}

function resultOf<T>(value: T | (() => T) | undefined, of: object): T | undefined {
  return typeof value === 'function' ? (value as () => T).call(of) : value;
}

function notAPage(received: unknown): string {
  return `Expected a page's HTML, its response, or a page of Playwright, not ${typeof received}.`;
}
