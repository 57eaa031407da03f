import type { MetaTag } from '../../model/meta-tag.ts';
import { renderOptionsOf } from '../render-options.ts';

/** What is found of one tag. */
export interface Finding {
  readonly tag: string;
  /** `good`; `bad`: required, and missing or wrong; `hint`: the page would do better with it, or with another one. */
  readonly level: 'good' | 'bad' | 'hint';
  /** A sentence. */
  readonly says: string;
}

/** Whether an address is one of our image addresses, and of which page; `page` is null where it is of any. */
export type OwnImage = (url: URL) => { readonly target: string | null } | undefined;

/**
 * Whether a page's tags make a card (The Open Graph protocol; X's cards; docs/guides/rendering.md). Pure.
 * @param target path and query of the page.
 */
export function checkPage(tags: readonly MetaTag[], target: string, ownImage: OwnImage): Finding[] {
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
    const found = content(tag);
    if (found === undefined) return bad(tag, 'It is missing: without it there is no card.');
    if (!URL.canParse(found)) return bad(tag, `"${found}" is not a whole address: networks do not complete it.`);
    const own = ownImage(new URL(found));
    if (own === undefined) return bad(tag, `${found} is no image address of OpenGraph+.`);
    if (own.target !== null && own.target !== target) {
      return bad(tag, `It is the card of another page: ${own.target} in place of ${target}.`);
    }
    return good(tag, found);
  };
  const more = () => {
    const [first, ...others] = contents('og:image');
    return first === undefined || others.length === 0
      ? []
      : [hint('og:image', `There are ${others.length + 1} of them; most networks take the first one.`)];
  };
  const ours = () => {
    const [maxAge, width] = [content('og:plus:cache:max_age'), content('og:plus:viewport:width')];
    return [
      ...(maxAge === undefined || /^\d+$/.test(maxAge)
        ? []
        : [bad('og:plus:cache:max_age', `"${maxAge}" is no whole number of seconds: it has no effect.`)]),
      ...(width === undefined || renderOptionsOf({ viewportWidth: width }).viewportWidth !== undefined
        ? []
        : [bad('og:plus:viewport:width', `"${width}" is no width from 320 to 2400: it has no effect.`)]),
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
