import { judgeCard } from './judge.ts';
import { type Known, type Received, withKnown } from './received.ts';
import { checkTags, readTags } from './tags.ts';
import type { CheckOptions, Finding } from './types.ts';

export interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

type Result = MatcherResult | Promise<MatcherResult>;

/**
 * Matchers for `expect.extend`. They give a promise where the HTML has yet to be read: `await expect(response)…`. A type and not an
 * interface, which Playwright would not take.
 */
export type Matchers = {
  /** The tags that a card needs are there and right, as `ogplus verify` checks. */
  toHaveOpenGraphTags(received: Received): Result;
  /** The page has the tag, with this content: equal to a text, or matching a pattern. */
  toHaveOgTag(received: Received, name: string, content?: string | RegExp): Result;
  /** `og:image` is the card of this page. */
  toHaveCardOf(received: Received, page: string | URL): Result;
  /** The card is kept for exactly so many seconds, as `ogplus explain` says; 0: every crawler reaches the site. */
  toKeepCardFor(received: Received, seconds: number): Result;
};

/** The matchers with options of your own; `matchers` are those without. */
export function createMatchers(options: CheckOptions = {}): Matchers {
  return {
    toHaveOpenGraphTags: (received) =>
      withKnown(received, ({ html }) => {
        const bad = wrong(checkTags(html, undefined, options));
        return result(
          bad.length === 0,
          list('The page lacks what a card needs', bad),
          'The page has all that a card needs.',
        );
      }),

    toHaveOgTag: (received, name, content) =>
      withKnown(received, ({ html }) => {
        const found = readTags(html).filter((tag) => tag.name === name.toLowerCase());
        const expected =
          content === undefined ? '' : ` with ${content instanceof RegExp ? content : JSON.stringify(content)}`;
        const pass = found.some((tag) => content === undefined || isLike(tag.content, content));
        const [first] = found;
        const instead = first === undefined ? 'there is none' : `it has ${JSON.stringify(first.content)}`;
        return result(
          pass,
          `Expected the tag ${name}${expected}, but ${instead}.`,
          `Expected no tag ${name}${expected}, but there is one.`,
        );
      }),

    toHaveCardOf: (received, page) =>
      withKnown(received, ({ html }) => {
        const bad = wrong(checkTags(html, page, options)).filter(({ tag }) => tag === 'og:image');
        return result(
          bad.length === 0,
          list(`The page does not have the card of ${page}`, bad),
          `Expected a card of another page than ${page}.`,
        );
      }),

    toKeepCardFor: (received, seconds) =>
      withKnown(received, (known) => {
        const { keptFor, verdict, reasons, ignored, advice } = judgementOf(known);
        const why = [verdict, ...reasons, ...ignored, ...(keptFor < seconds ? advice : [])].map((line) => `  ${line}`);
        return result(
          keptFor === seconds,
          [`Expected the card to be kept for ${seconds} seconds, but it is kept for ${keptFor}:`, ...why].join('\n'),
          [`Expected the card not to be kept for ${seconds} seconds:`, ...why].join('\n'),
        );
      }),
  };
}

export const matchers: Matchers = createMatchers();

function judgementOf({ html, headers, status }: Known) {
  if (headers === undefined) {
    throw new TypeError('How long a card is kept depends on headers: pass the response, not its HTML alone.');
  }
  return judgeCard({ status, headers }, readTags(html));
}

function wrong(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ level }) => level === 'bad');
}

function list(title: string, findings: readonly Finding[]): string {
  return [`${title}:`, ...findings.map(({ tag, says }) => `  ${tag}: ${says}`)].join('\n');
}

function isLike(text: string, expected: string | RegExp): boolean {
  return typeof expected === 'string' ? text === expected : text.search(expected) >= 0;
}

function result(pass: boolean, otherwise: string, negated: string): MatcherResult {
  return { pass, message: () => (pass ? negated : otherwise) };
}
