import { type Likeness, likeness } from '../likeness.ts';
import type { Card } from './cards.ts';
import type { KeptReference } from './kept-references.ts';
import type { CorpusPage } from './page.ts';

/** How the card of one page stands beside the page at rest. */
export interface Verdict {
  readonly group: string;
  readonly page: CorpusPage;
  readonly card: Card;
  readonly reference: KeptReference;
  /** Undefined where there is no card. */
  readonly likeness: Likeness | undefined;
  readonly agrees: boolean;
  /** Faults of keeping and asking, a sentence each. */
  readonly faults: readonly string[];
  /** What a visitor's browser asked for and the card did not; it may be out of view. */
  readonly notAsked: readonly string[];
}

// What JPEG takes off a picture leaves the parts of it above 0.9; a missing word of a headline does not.
const least = { mean: 0.97, worst: 0.75 };
const mostColour = 14;

export async function judge(
  group: string,
  page: CorpusPage,
  card: Card,
  asked: readonly string[],
  reference: KeptReference,
): Promise<Verdict> {
  const alike = card.picture && (await likeness(card.picture, reference.picture));
  const agrees =
    alike !== undefined && alike.mean >= least.mean && alike.worst >= least.worst && alike.colour <= mostColour;
  const faults = [...keeping(page, card), ...asking(asked, reference.heard)];
  const notAsked = moreIn(reference.heard, asked);
  return { group, page, card, reference, likeness: alike, agrees, faults, notAsked };
}

function keeping({ empty }: CorpusPage, { kept, picture }: Card): string[] {
  if (empty !== undefined && kept) return [`kept, although ${empty}`];
  if (empty === undefined && picture !== undefined && !kept) return ['not kept'];
  return [];
}

/** What the origin heard for the card beside what a visitor's browser asked. */
function asking(ours: readonly string[], theirs: readonly string[]): string[] {
  const more = moreIn(ours, theirs);
  const icon = ours.some((url) => url.endsWith('/favicon.ico')) ? ['asked for /favicon.ico'] : [];
  return more.length === 0 ? icon : [...icon, `asked more than a visitor: ${more.slice(0, 3).join(' ')}`];
}

/** Addresses that were asked for more often in the first list. */
function moreIn(some: readonly string[], others: readonly string[]): string[] {
  const [mine, theirs] = [counted(some.map(withoutPort)), counted(others.map(withoutPort))];
  return [...mine].filter(([url, count]) => count > (theirs.get(url) ?? 0)).map(([url]) => url);
}

// A website's address depends on how many are drawn with it.
function withoutPort(url: string): string {
  return url
    .replace(/^http:\/\/([^:/]+):\d+/, '$1')
    .replace(/^127\.0\.1\.\d+/, 'site')
    .replace(/[?&]round=\d+/, '')
    .replace(/\?$/, '');
}

function counted(urls: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const url of urls) counts.set(url, (counts.get(url) ?? 0) + 1);
  return counts;
}
