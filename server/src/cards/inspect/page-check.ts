import type { MetaTag } from '../../model/meta-tag.ts';
import { mayRedirect } from '../../origin/redirect-hosts.ts';
import { renderOptionsOf } from '../render-options.ts';
import type { NamedImage } from './named-image.ts';

/** What is found of one tag. */
export interface Finding {
  readonly tag: string;
  /** `good`; `bad`: required, and missing or wrong; `hint`: the page would do better with it, or with another one. */
  readonly level: 'good' | 'bad' | 'hint';
  /** A sentence. */
  readonly says: string;
}

/** A page as it was seen: the addresses it was asked for at, first to last; several where it redirects. */
export type SeenAt = readonly [PageAddress, ...PageAddress[]];

export interface PageAddress {
  readonly origin: string;
  /** Path and query. */
  readonly target: string;
}

/** The picture that networks take, of a page's tags. */
export function imageOf(tags: readonly MetaTag[]): string | undefined {
  const found = tags.find(({ name, content }) => name === 'og:image' && content.trim() !== '');
  return found?.content.trim();
}

/**
 * Whether a page's tags make a card (The Open Graph protocol; X's cards; docs/guides/rendering.md). Pure.
 * @param named what `imageOf` names, where that is an address.
 */
export function checkPage(tags: readonly MetaTag[], seen: SeenAt, named: NamedImage | undefined): Finding[] {
  const contents = (name: string) => tags.filter((tag) => tag.name === name).map(({ content }) => content.trim());
  const content = (name: string) => contents(name).find((text) => text !== '');
  const good = (tag: string, says: string): Finding => ({ tag, level: 'good', says });
  const bad = (tag: string, says: string): Finding => ({ tag, level: 'bad', says });
  const hint = (tag: string, says: string): Finding => ({ tag, level: 'hint', says });
  const text = (tag: string, absent: Finding) => {
    const found = content(tag);
    return found === undefined ? absent : good(tag, found);
  };

  const image = (): Finding => {
    const tag = 'og:image';
    const found = imageOf(tags);
    if (found === undefined) return bad(tag, 'It is missing: without it there is no card.');
    if (named === undefined) return bad(tag, `"${found}" is not a whole address: networks do not complete it.`);
    const wrong = wrongImage(found, named, seen);
    return wrong === undefined ? good(tag, found) : bad(tag, wrong);
  };
  const more = () => {
    const [first, ...others] = contents('og:image');
    return first === undefined || others.length === 0
      ? []
      : [hint('og:image', `There are ${others.length + 1} of them; most networks take the first one.`)];
  };
  const ours = () => {
    const [maxAge, width] = [content('og:plus:cache:max_age'), content('og:plus:viewport:width')];
    const delay = content('og:plus:delay');
    return [
      ...(maxAge === undefined || /^\d+$/.test(maxAge)
        ? []
        : [bad('og:plus:cache:max_age', `"${maxAge}" is no whole number of seconds: it has no effect.`)]),
      ...(width === undefined || renderOptionsOf({ viewportWidth: width }).viewportWidth !== undefined
        ? []
        : [bad('og:plus:viewport:width', `"${width}" is no width from 320 to 2400: it has no effect.`)]),
      ...(delay === undefined || renderOptionsOf({ delay }).delay !== undefined
        ? []
        : [bad('og:plus:delay', `"${delay}" is no number of seconds from 0 to 30: it has no effect.`)]),
    ];
  };

  return [
    text('og:title', bad('og:title', 'It is missing: the card has no title.')),
    image(),
    ...more(),
    text('og:description', hint('og:description', 'It is missing: most networks show it below the title.')),
    text('og:url', hint('og:url', 'It is missing: shares of the page under several addresses are counted apart.')),
    text('og:type', hint('og:type', 'It is missing: "website" is assumed.')),
    content('twitter:card') === 'summary_large_image'
      ? good('twitter:card', 'summary_large_image')
      : hint('twitter:card', 'X shows the card large only with content="summary_large_image".'),
    ...ours(),
  ];
}

/** What is wrong with the address of the picture, in a sentence; undefined where it is the card of this page. */
function wrongImage(found: string, named: NamedImage, seen: SeenAt): string | undefined {
  if (named.kind === 'foreign') return `${found} is no image address of OpenGraph+.`;
  if (named.kind === 'nothing') return `${found} draws nothing. ${named.why}`;
  const { origin, target } = named;
  // Where the page redirects, the card of each address on the way is the card of the page in the end.
  const [asked] = seen;
  const last = seen.at(-1) ?? asked;
  if (!seen.some((address) => address.target === target)) {
    return `It is the card of another page: ${target} in place of ${last.target}.`;
  }
  if (origin !== null && !seen.some((address) => mayRedirect(origin, address.origin, []))) {
    return `It is the card of another website: ${origin} in place of ${last.origin}.`;
  }
  return undefined;
}
