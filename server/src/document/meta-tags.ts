import { decodeHTML, decodeHTMLAttribute } from 'entities/decode';
import type { MetaTag } from '../model/meta-tag.ts';

// Networks read a page's tags no further than this.
const readBytes = 1_048_576;
// More than any real page has.
const mostTags = 1000;
const longestName = 200;
// Fits a long style, the longest content of our tags.
const longestContent = 16_384;
const mostCharacters = 262_144;
// Networks cut it at a few hundred.
const longestTitle = 1000;

/** Collects a document's meta tags, within bounds. */
export class MetaTags {
  readonly #decode: (bytes: string) => string;
  readonly #found: MetaTag[] = [];
  #left = mostCharacters;
  #title: string | null = null;

  /** @param decode decodes bytes to text. */
  constructor(decode: (bytes: string) => string) {
    this.#decode = decode;
  }

  get found(): readonly MetaTag[] {
    return this.#found;
  }

  /** The text of the document's title, spaces collapsed. */
  get title(): string | null {
    return this.#title;
  }

  /** Takes the first title that says something. @param text as written. @param at the start of the text. */
  addTitle(text: string, at: number): void {
    if (this.#title !== null || at >= readBytes) return;
    const title = decodeHTML(this.#decode(text.slice(0, longestTitle)))
      .replace(/\s+/g, ' ')
      .trim();
    if (title !== '') this.#title = title;
  }

  /** @param attributes as written. @param at the start of the tag. */
  add(attributes: ReadonlyMap<string, string>, at: number): void {
    const name = attributes.get('property') ?? attributes.get('name') ?? '';
    if (at >= readBytes || this.#found.length >= mostTags || this.#left <= 0 || name.length > longestName) return;
    const called = this.#textOf(name).trim().toLowerCase();
    if (called === '') return;
    const content = (attributes.get('content') ?? '').slice(0, Math.min(longestContent, this.#left));
    this.#left -= called.length + content.length;
    this.#found.push({ name: called, content: this.#textOf(content) });
  }

  #textOf(bytes: string): string {
    return decodeHTMLAttribute(this.#decode(bytes));
  }
}
