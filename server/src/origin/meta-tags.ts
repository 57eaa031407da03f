import { Tokenizer } from 'htmlparser2';
import type { MetaTag } from '../model/meta-tag.ts';

// Networks read no further for a page's tags, nor do we.
const readBytes = 1_048_576;
// More than any page has.
const mostTags = 1000;

const wanted = new Set(['property', 'name', 'content']);

// What stands in these is no tag of the page: a template is inert, a noscript is text to whoever runs scripts.
const inert = ['template', 'noscript'];
// Drawings and formulas: another vocabulary, in which an element may end in its own start tag (HTML §13.2.5.32).
const foreign = ['svg', 'math'];

/**
 * Reads the document's meta tags, in their order, wherever the parser puts them, as crawlers do: frameworks that send a page
 * in pieces bring its tags in the body (Next.js since 15.2). Broken HTML is read as far as it goes. It is looked at tag by
 * tag, without a tree, so that whatever a document holds costs no more than its length.
 * @param charset a label that TextDecoder knows.
 */
export function readMetaTags(body: Uint8Array, charset: string): MetaTag[] {
  const text = new TextDecoder(charset).decode(body.subarray(0, readBytes));
  // Nothing behind the last one is read: of most documents it stands in the head.
  const last = startOfLast(text);
  if (last < 0) return [];
  const tags: MetaTag[] = [];
  const open = new Map([...inert, ...foreign].map((name) => [name, 0]));
  const isOpen = (names: readonly string[]) => names.some((name) => (open.get(name) ?? 0) > 0);
  const count = (name: string, step: 1 | -1) => {
    const depth = open.get(name);
    if (depth !== undefined) open.set(name, Math.max(0, depth + step));
  };
  let name = '';
  let attribute = '';
  let value = '';
  let attributes: Map<string, string> | undefined;

  const endOfTag = (end: number) => {
    if (attributes !== undefined) {
      const called = (attributes.get('property') ?? attributes.get('name') ?? '').trim().toLowerCase();
      if (called !== '') tags.push({ name: called, content: attributes.get('content') ?? '' });
      attributes = undefined;
    }
    if (end > last || tags.length >= mostTags) tokenizer.pause();
  };
  const tokenizer = new Tokenizer(
    {},
    {
      onopentagname(start, end) {
        name = text.slice(start, end).toLowerCase();
        count(name, 1);
        attributes = name === 'meta' && !isOpen(inert) && !isOpen(foreign) ? new Map() : undefined;
      },
      onattribname(start, end) {
        if (attributes === undefined) return;
        attribute = text.slice(start, end).toLowerCase();
        value = '';
      },
      onattribdata(start, end) {
        if (attributes !== undefined) value += text.slice(start, end);
      },
      onattribentity(codePoint) {
        if (attributes !== undefined) value += String.fromCodePoint(codePoint);
      },
      onattribend() {
        // Of two attributes of a name the first counts (HTML §13.2.5.33).
        if (wanted.has(attribute) && attributes?.has(attribute) === false) attributes.set(attribute, value);
      },
      onopentagend: endOfTag,
      onselfclosingtag(end) {
        if (foreign.includes(name)) count(name, -1);
        endOfTag(end);
      },
      onclosetag: (start, end) => count(text.slice(start, end).toLowerCase(), -1),
      isInForeignContext: () => isOpen(foreign),
      oncdata: ignored,
      oncomment: ignored,
      ondeclaration: ignored,
      onend: ignored,
      onprocessinginstruction: ignored,
      ontext: ignored,
      ontextentity: ignored,
    },
  );
  tokenizer.write(text);
  return tags;
}

function ignored(): void {}

/** Where the last thing begins that looks like a meta tag; -1 without one. */
function startOfLast(text: string): number {
  let last = -1;
  for (const { index } of text.matchAll(/<meta[\s/>]/gi)) last = index;
  return last;
}
