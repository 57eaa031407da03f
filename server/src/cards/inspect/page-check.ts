import type { TagFault } from '../../model/fault.ts';
import type { MetaTag } from '../../model/meta-tag.ts';
import { mayRedirect } from '../../origin/redirect-hosts.ts';
import { parseTarget } from '../../websites/parse.ts';
import { renderOptionsOf } from '../render-options.ts';
import type { NamedImage } from './named-image.ts';

/** The result for one tag. */
export interface Finding {
  readonly tag: string;
  /** `bad`: required, and missing or wrong; `hint`: the page would do better with it, or with another value. */
  readonly level: 'good' | 'bad' | 'hint';
  /** A sentence. */
  readonly says: string;
  /** What is wrong, by its name; null where nothing is. */
  readonly fault: TagFault | null;
}

/** The addresses of a page, from the requested one to the final one; several where it redirects. */
export type SeenAt = readonly [PageAddress, ...PageAddress[]];

export interface PageAddress {
  readonly origin: string;
  /** Path and query. */
  readonly target: string;
}

/** The picture that networks take from a page's tags. */
export function imageOf(tags: readonly MetaTag[]): string | undefined {
  const found = tags.find(({ name, content }) => name === 'og:image' && content.trim() !== '');
  return found?.content.trim();
}

/**
 * Whether a page's tags make a card (the Open Graph protocol; X's cards; docs/guides/rendering.md). Pure.
 * @param named what `imageOf` refers to, where it is an address.
 */
export function checkPage(tags: readonly MetaTag[], seen: SeenAt, named: NamedImage | undefined): Finding[] {
  const contents = (name: string) => tags.filter((tag) => tag.name === name).map(({ content }) => content.trim());
  const content = (name: string) => contents(name).find((text) => text !== '');
  const good = (tag: string, says: string): Finding => ({ tag, level: 'good', says, fault: null });
  const bad = (tag: string, fault: TagFault, says: string): Finding => ({ tag, level: 'bad', says, fault });
  const hint = (tag: string, fault: TagFault, says: string): Finding => ({ tag, level: 'hint', says, fault });
  const text = (tag: string, absent: Finding) => {
    const found = content(tag);
    return found === undefined ? absent : good(tag, found);
  };

  const image = (): Finding => {
    const tag = 'og:image';
    const found = imageOf(tags);
    if (found === undefined) return bad(tag, 'image-missing', 'Missing: without it there is no card.');
    if (named === undefined)
      return bad(tag, 'image-relative', `"${found}" is not an absolute address; networks need one.`);
    const wrong = wrongImage(found, named, seen);
    return wrong === undefined ? good(tag, found) : bad(tag, wrong.fault, wrong.says);
  };
  const more = () => {
    const [first, ...others] = contents('og:image');
    return first === undefined || others.length === 0
      ? []
      : [
          hint(
            'og:image',
            'image-twice',
            `The page has ${others.length + 1} og:image tags; most networks use the first one.`,
          ),
        ];
  };
  const ours = () => {
    const [maxAge, width] = [content('og:plus:cache:max_age'), content('og:plus:viewport:width')];
    const delay = content('og:plus:delay');
    return [
      ...(maxAge === undefined || /^\d+$/.test(maxAge)
        ? []
        : [
            bad(
              'og:plus:cache:max_age',
              'max-age-malformed',
              `"${maxAge}" is not a whole number of seconds, so it has no effect.`,
            ),
          ]),
      ...(width === undefined || renderOptionsOf({ viewportWidth: width }).viewportWidth !== undefined
        ? []
        : [
            bad(
              'og:plus:viewport:width',
              'viewport-width-malformed',
              `"${width}" is not a width from 320 to 2400, so it has no effect.`,
            ),
          ]),
      ...(delay === undefined || renderOptionsOf({ delay }).delay !== undefined
        ? []
        : [
            bad(
              'og:plus:delay',
              'delay-malformed',
              `"${delay}" is not a number of seconds from 0 to 30, so it has no effect.`,
            ),
          ]),
    ];
  };

  return [
    text('og:title', bad('og:title', 'title-missing', 'Missing: the card has no title.')),
    image(),
    ...more(),
    text(
      'og:description',
      hint('og:description', 'description-missing', 'Missing: most networks show it below the title.'),
    ),
    text(
      'og:url',
      hint('og:url', 'url-missing', 'Missing: networks count shares under each address of the page separately.'),
    ),
    text('og:type', hint('og:type', 'type-missing', 'Missing: networks assume "website".')),
    content('twitter:card') === 'summary_large_image'
      ? good('twitter:card', 'summary_large_image')
      : hint('twitter:card', 'small-card', 'X shows the card large only with content="summary_large_image".'),
    ...ours(),
  ];
}

/** What a page's `og:image` refers to. @param named what it refers to, where it is an address. */
export function imageKind(found: string, named: NamedImage | undefined, seen: SeenAt): 'own' | 'other' | 'broken' {
  if (named === undefined || named.kind === 'nothing') return 'broken';
  return wrongImage(found, named, seen) === undefined ? 'own' : 'other';
}

/** What is wrong with the picture's address; undefined where it is the card of this page. */
function wrongImage(found: string, named: NamedImage, seen: SeenAt): Wrong | undefined {
  if (named.kind === 'foreign') return { fault: 'image-foreign', says: `${found} is not an OpenGraph+ image address.` };
  if (named.kind === 'nothing') return { fault: 'image-dead', says: `${found} gives no card. ${named.why}` };
  const { origin, target, ignored } = named;
  // Where the page redirects, the card of any address on the way shows the final page.
  const [asked] = seen;
  const last = seen.at(-1) ?? asked;
  if (!seen.some((address) => parseTarget(address.target, ignored)?.target === target)) {
    const says = `This is the card of another page: ${target} instead of ${last.target}.`;
    return { fault: 'image-of-other-page', says };
  }
  if (origin !== null && !seen.some((address) => mayRedirect(origin, address.origin, []))) {
    const says = `This is the card of another website: ${origin} instead of ${last.origin}.`;
    return { fault: 'image-of-other-website', says };
  }
  return undefined;
}

type Wrong = { readonly fault: TagFault; readonly says: string };
