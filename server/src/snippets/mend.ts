import type { Fault } from '../model/fault.ts';
import { type Code, codeOf, type Framework, type PageWords, type Snippet, type TagName } from './snippet.ts';

/** What mends a fault. */
export interface Mend {
  /** What to do, in a sentence. */
  readonly does: string;
  readonly codes: readonly Code[];
}

type Codes = (framework: Framework, words: PageWords) => readonly Code[];

const all = (snippets: readonly Snippet[], words: PageWords) => snippets.map((one) => codeOf(one, words));
const freshness: Codes = (framework, words) => all(framework.freshness, words);
const line =
  (tag: TagName): Codes =>
  (framework, words) => [framework.line(tag, words)];
/** What the page says of itself; where that is a tag, the tag alone. */
const ownWords =
  (tag: TagName): Codes =>
  (framework, words) =>
    framework.id === 'html' ? [framework.line(tag, words)] : framework.page(words);
/** What the website needs before any page has a card; plain HTML has nothing but its pages. */
const setUp: Codes = (framework, words) =>
  framework.id === 'html' ? [framework.line('og:image', words)] : all(framework.tags, words);

const mends: Readonly<Record<Fault, readonly [does: string, codes: Codes]>> = {
  'title-missing': ['Give the page a title.', ownWords('og:title')],
  'image-missing': ['Add the address of the card to the <head> of every page.', setUp],
  'image-relative': ['Write the whole address of the card: the connection address, then the path of the page.', setUp],
  'image-foreign': ['Put the address of the card in place of the other picture.', setUp],
  'image-dead': ['Use the connection address of this website, followed by the path of the page.', setUp],
  'image-of-other-page': [
    'Give each page a card of its own: follow the connection address with its own path.',
    line('og:image'),
  ],
  'image-of-other-website': ['Use the connection address of this website.', setUp],
  'image-twice': ['Keep this one, and remove the others.', line('og:image')],
  'description-missing': ['Say in a sentence what the page is about.', ownWords('og:description')],
  'url-missing': ['Add the address that the page is shared under.', line('og:url')],
  'type-missing': ['Say what the page is: website or article.', line('og:type')],
  'small-card': ['Ask for the large card.', line('twitter:card')],
  'max-age-malformed': ['Write a whole number of seconds.', line('og:plus:cache:max_age')],
  'viewport-width-malformed': ['Write a width from 320 to 2400, in CSS pixels.', line('og:plus:viewport:width')],
  'delay-malformed': ['Write a number of seconds from 0 to 30.', line('og:plus:delay')],
  'never-kept': ['If visitors who are not signed in all see the same page, say how long it may be kept.', freshness],
  'asked-each-time': ['Say how long the page may be kept.', freshness],
  'kept-long': [
    'Give the page a version that changes with it, or purge it when it changes.',
    line('og:plus:cache:etag'),
  ],
};

/** What mends the fault of a page, in the website's framework. */
export function mendOf(fault: Fault, framework: Framework, words: PageWords): Mend {
  const [does, codes] = mends[fault];
  return { does, codes: codes(framework, words) };
}
