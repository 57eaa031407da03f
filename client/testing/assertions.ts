import { type MatcherResult, matchers } from './matchers.ts';
import type { Received } from './received.ts';

/** What the assertions throw: test runners show it as a failed assertion. */
class CardAssertionError extends Error {
  override readonly name = 'AssertionError';
  readonly code = 'ERR_ASSERTION';
}

// Beside `node:assert`. They throw at once for text, and give a promise where the HTML has yet to be read.

/** The tags that a card needs are there and right. */
export function assertOpenGraphTags(received: Received): void | Promise<void> {
  return hold(matchers.toHaveOpenGraphTags(received));
}

/** The page has the tag, with this content: equal to a text, or matching a pattern. */
export function assertOgTag(received: Received, name: string, content?: string | RegExp): void | Promise<void> {
  return hold(matchers.toHaveOgTag(received, name, content));
}

/** `og:image` is the card of this page. */
export function assertCardOf(received: Received, page: string | URL): void | Promise<void> {
  return hold(matchers.toHaveCardOf(received, page));
}

/** The card is kept for exactly so many seconds. */
export function assertKeepsCardFor(received: Received, seconds: number): void | Promise<void> {
  return hold(matchers.toKeepCardFor(received, seconds));
}

function hold(result: MatcherResult | Promise<MatcherResult>): void | Promise<void> {
  if ('then' in result) return result.then(holdNow);
  holdNow(result);
}

function holdNow({ pass, message }: MatcherResult): void {
  if (!pass) throw new CardAssertionError(message());
}
