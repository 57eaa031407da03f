import { decodeHTMLAttribute } from 'entities/decode';
import type { MetaTag } from '../model/meta-tag.ts';

// Networks read no further for a page's tags, nor do we.
const readBytes = 1_048_576;
// More than any page has.
const mostTags = 1000;
const longestName = 200;
// A long style fits, which is the longest that a tag of ours says.
const longestContent = 16_384;
const mostCharacters = 262_144;

/** The meta tags of a document, as they are found; as many, and as long, as a page has. */
export class MetaTags {
  readonly #decode: (bytes: string) => string;
  readonly #found: MetaTag[] = [];
  #left = mostCharacters;

  /** @param decode the text of some bytes. */
  constructor(decode: (bytes: string) => string) {
    this.#decode = decode;
  }

  get found(): readonly MetaTag[] {
    return this.#found;
  }

  /** @param attributes as they stand in the document. @param at where the tag begins. */
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
