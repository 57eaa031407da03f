import { decodeHTMLAttribute } from 'entities/decode';
import type { Range } from '../model/document.ts';
import { readsConsumer } from './reads-consumer.ts';

// Of a document with more of them, all that follows is taken to be the same.
const mostMarks = 1000;
// Longer code in an attribute is taken to do whatever it may.
const longestDecoded = 10_000;

const reads = new RegExp(readsConsumer, 'i');
// Scripts that are data run nothing.
const data = /^\s*(?:application\/(?:ld\+)?json|speculationrules|importmap)\s*$/i;

// Documents within it, which have scripts of their own, and pictures that move by themselves.
const moving = new Set(['iframe', 'frame', 'object', 'embed', 'animate', 'animatetransform', 'animatemotion', 'set']);

/** Where a document has what makes it change, and code that may read for which consumer it runs; offsets into its text. */
export class CodeMarks {
  readonly #text: string;
  /** Most documents say nothing of it: their code is not searched. */
  readonly #mentions: boolean;
  readonly #moves: number[] = [];
  readonly #looks: number[] = [];

  constructor(text: string) {
    this.#text = text;
    this.#mentions = /ogplus/i.test(text);
  }

  /** @param attributes those of `type` and `http-equiv`, as they stand in the document. */
  element(at: number, name: string, attributes: ReadonlyMap<string, string>): void {
    const isScript = name === 'script' && !data.test(attributes.get('type') ?? '');
    const isRefresh = name === 'meta' && /^\s*refresh\s*$/i.test(attributes.get('http-equiv') ?? '');
    if (isScript || isRefresh || moving.has(name)) mark(this.#moves, at);
  }

  /** What stands in a script or a style. */
  text(start: number, end: number): void {
    if (this.#mentions && reads.test(this.#text.slice(start, end))) mark(this.#looks, start);
  }

  /** @param at where its tag begins. */
  attribute(at: number, name: Range, value: Range | undefined): void {
    const isHandler =
      name.end - name.start > 2 && lower(this.#text, name.start) === 'o' && lower(this.#text, name.start + 1) === 'n';
    if (isHandler) {
      mark(this.#moves, at);
      if (this.#mentions && value !== undefined && this.#reads(value)) mark(this.#looks, at);
    } else if (value !== undefined && value.end - value.start >= 'javascript:'.length) {
      if (this.#moves.length < mostMarks && /javascript:/i.test(this.#text.slice(value.start, value.end)))
        mark(this.#moves, at);
    }
  }

  movesWithin({ start, end }: Range): boolean {
    return isMarked(this.#moves, start, end);
  }

  looksWithin({ start, end }: Range): boolean {
    return isMarked(this.#looks, start, end);
  }

  #reads({ start, end }: Range): boolean {
    if (this.#looks.length >= mostMarks || end - start > longestDecoded) return true;
    return reads.test(decodeHTMLAttribute(this.#text.slice(start, end)));
  }
}

function lower(text: string, at: number): string {
  return (text[at] ?? '').toLowerCase();
}

function mark(marks: number[], at: number): void {
  if (marks.length < mostMarks && marks.at(-1) !== at) marks.push(at);
}

function isMarked(marks: readonly number[], start: number, end: number): boolean {
  const isFull = marks.length >= mostMarks && end > (marks.at(-1) ?? 0);
  return isFull || marks.some((at) => at >= start && at < end);
}
