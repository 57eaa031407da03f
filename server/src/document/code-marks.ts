import { decodeHTMLAttribute } from 'entities/decode';
import type { Range } from '../model/document.ts';
import { readsConsumer } from './reads-consumer.ts';

// In a document with more of them, all the rest counts as marked.
const mostMarks = 1000;
// Longer code in an attribute counts as marked.
const longestDecoded = 10_000;

const reads = new RegExp(readsConsumer, 'i');
// Data blocks: scripts that run nothing.
const data = /^\s*(?:application\/(?:ld\+)?json|speculationrules|importmap)\s*$/i;

// Nested documents, which have scripts of their own, and pictures that move by themselves.
const moving = new Set(['iframe', 'frame', 'object', 'embed', 'animate', 'animatetransform', 'animatemotion', 'set']);

/** Where a document has parts that can change it, and code that may read its consumer; offsets into its text. */
export class CodeMarks {
  readonly #text: string;
  /** Most documents never mention it: their code is not searched. */
  readonly #mentions: boolean;
  readonly #moves: number[] = [];
  readonly #looks: number[] = [];

  constructor(text: string) {
    this.#text = text;
    this.#mentions = /ogplus/i.test(text);
  }

  /** @param attributes `type` and `http-equiv` as written. */
  element(at: number, name: string, attributes: ReadonlyMap<string, string>): void {
    const isScript = name === 'script' && !data.test(attributes.get('type') ?? '');
    const isRefresh = name === 'meta' && /^\s*refresh\s*$/i.test(attributes.get('http-equiv') ?? '');
    if (isScript || isRefresh || moving.has(name)) mark(this.#moves, at);
  }

  /** The content of a script or style. */
  text(start: number, end: number): void {
    if (this.#mentions && reads.test(this.#text.slice(start, end))) mark(this.#looks, start);
  }

  /** @param at the start of its tag. */
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
