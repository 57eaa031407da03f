import type { Protocol } from 'devtools-protocol';
import type { Milliseconds } from '../../model/units.ts';
import type { Cdp } from '../browser/cdp/cdp.ts';

/** Requests that show nothing in a card. Each kind has a type that only few others have: these wait for us. */
export interface RefusedRequests extends Protocol.Fetch.RequestPattern {
  /** The types that they, and those others, have where they are paused. */
  readonly types: ReadonlyArray<Protocol.Network.ResourceType>;
  /** Which of these: judged by a header field, its name in lower case. */
  readonly has: (name: string, value: string) => boolean;
}

/**
 * The icon that a full Chromium loads for a tab. `<object>` and preloads have the same type but accept `*`, and pass; an
 * `<img>` with the same address has another type.
 */
export const icons: RefusedRequests = {
  urlPattern: '*',
  resourceType: 'Other',
  requestStage: 'Request',
  types: ['Other'],
  has: (name, value) => name === 'accept' && value.startsWith('image/'),
};

/** What `<link rel="prefetch">` loads ahead for the reader's next page; what scripts fetch is paused with it. */
export const prefetches: RefusedRequests = {
  urlPattern: '*',
  resourceType: 'Fetch',
  requestStage: 'Request',
  types: ['Fetch', 'XHR'],
  has: (name) => name === 'sec-purpose' || name === 'purpose',
};

interface DocumentText {
  readonly headers: ReadonlyArray<{ readonly name: string; readonly value: string }>;
  readonly body: Buffer;
  /** Whether it has scripts, which may add such links. */
  readonly moves: boolean;
}

/** Whether the document may have such links. */
export function mayPrefetch(document: DocumentText): boolean {
  if (document.moves) return true;
  const links = document.headers.filter(({ name }) => name === 'link').map(({ value }) => value);
  return [...links, document.body.toString('latin1')].some((text) => /(?<!dns-)prefetch/i.test(text));
}

/** The pattern that pauses them. */
export function patternOf({ types, has, ...pattern }: RefusedRequests): Protocol.Fetch.RequestPattern {
  return pattern;
}

/** Answers requests that are paused by the pattern: refuses those, lets others go on. */
export function refuse({ types, has }: RefusedRequests, cdp: Cdp, session: string, deadline: Milliseconds): void {
  cdp.on('Fetch.requestPaused', session, ({ requestId, resourceType, request }) => {
    if (!types.includes(resourceType)) return;
    const isRefused = Object.entries(request.headers).some(([name, value]) => has(name.toLowerCase(), value));
    const answered = isRefused
      ? cdp.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }, { session, deadline })
      : cdp.send('Fetch.continueRequest', { requestId }, { session, deadline });
    answered.catch(() => {}); // the page was closed meanwhile
  });
}
