import { Parser } from 'htmlparser2';

// Icons are named in the head.
const readCharacters = 262_144;
const mostLinks = 20;
// Shown in 16 to 40 CSS pixels, on screens with two device pixels for each.
const wantedSize = 64;
const touchIconSize = 180;
const unknownSize = 32;

interface Link {
  readonly href: string;
  readonly size: number;
}

/**
 * The icons that a document names (HTML §4.6.7.10), the best first: the smallest that is large enough, then the largest.
 * Pure.
 * @param base the document's own address.
 */
export function iconLinks(html: string, base: string): string[] {
  const links: Link[] = [];
  let baseUrl = base;
  const parser = new Parser({
    onopentag(name, { rel = '', href = '', sizes = '' }) {
      if (name === 'base' && baseUrl === base) baseUrl = URL.parse(href, base)?.href ?? base;
      if (name !== 'link' || href === '' || links.length >= mostLinks) return;
      const kinds = rel.toLowerCase().split(/\s+/);
      const isTouchIcon = kinds.some((kind) => kind.startsWith('apple-touch-icon'));
      if (!isTouchIcon && !kinds.includes('icon')) return;
      links.push({ href, size: sizeOf(sizes) ?? (isTouchIcon ? touchIconSize : unknownSize) });
    },
  });
  parser.end(html.slice(0, readCharacters));
  return links
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ href }) => href.trim())
    .flatMap((href) => URL.parse(href, baseUrl)?.href ?? []);
}

/** `any` is an icon without pixels; of several sizes, the largest. */
function sizeOf(sizes: string): number | undefined {
  if (/\bany\b/i.test(sizes)) return wantedSize;
  const found = [...sizes.matchAll(/(\d{1,4})x\d{1,4}/gi)].map(([, width]) => Number(width));
  return found.length === 0 ? undefined : Math.max(...found);
}

const rank = ({ size }: Link) => (size >= wantedSize ? size : 100_000 - size);
