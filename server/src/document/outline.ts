import { Tokenizer } from 'htmlparser2';
import type { Range } from '../model/document.ts';
import { CodeMarks } from './code-marks.ts';
import { ForeignContent } from './foreign-content.ts';
import { MetaTags } from './meta-tags.ts';

/** Where the parts of a document are, and what they contain; offsets into the text. */
export interface Outline {
  /** How far it was read: to the end, unless it has more tokens than any real page. */
  readonly readTo: number;
  readonly metaTags: MetaTags;
  readonly language: string | undefined;
  readonly htmlTag: { readonly at: number; readonly hasTag: boolean };
  readonly bodyTag: Range | undefined;
  readonly headEnd: number;
  readonly templates: ReadonlyArray<Range & { readonly id: string }>;
  readonly code: CodeMarks;
}

// The HTML standard on one page has a million tokens. Reading this many takes 0.2 s.
const mostPieces = 2_000_000;
// A document has at most one card per network.
const mostTemplates = 100;
const longestId = 100;
// `annotation-xml` is the longest name that matters here.
const longestName = 16;

// Elements that may be in a head (HTML §4.2), and the head's parents.
const inHead = new Set(['html', 'head', 'base', 'link', 'meta', 'noscript', 'script', 'style', 'template', 'title']);
// Of these, those with text content only.
const textOnly = new Set(['script', 'style', 'title']);
const nothing: readonly string[] = [];

/** Attributes that are read, by element. */
const wanted: ReadonlyMap<string, readonly string[]> = new Map([
  ['html', ['lang']],
  ['meta', ['property', 'name', 'content', 'http-equiv']],
  ['template', ['id']],
  ['script', ['type']],
]);

const language = /^\s*[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8}){0,3}\s*$/;

/**
 * Reads a document once from start to end, token by token and without a tree: the time depends on its length alone.
 * Broken HTML is read as far as it goes.
 * @param text one character per byte, in an ASCII-compatible encoding.
 * @param decode decodes bytes to text.
 */
export function outlineOf(text: string, decode: (bytes: string) => string): Outline {
  const metaTags = new MetaTags(decode);
  const code = new CodeMarks(text);
  const foreign = new ForeignContent();
  const templates = new Map<string, Range>();
  let htmlTag: { at: number; hasTag: boolean } | undefined;
  let bodyTag: Range | undefined;
  let headEnd: number | undefined;
  let lang: string | undefined;
  let pieces = 0;
  /** Nesting of open templates, and the start of the outermost. */
  let depth = 0;
  let outermost: { readonly id: string | undefined; readonly start: number } | undefined;
  let inNoscript = false;
  /** The open text element, and the open code element. */
  let inText: string | undefined;
  let inCode: string | undefined;
  /** Where the text of an open title begins. */
  let titleAt: number | undefined;
  /** The current tag. */
  let tag = { name: '', start: 0, isForeign: false };
  let attribute: Range = { start: 0, end: 0 };
  let value: Range | undefined;
  let read = nothing;
  let attributes = new Map<string, string>();

  const isOutside = () => depth === 0 && !inNoscript;
  const nameOf = (start: number, end: number) =>
    end - start > longestName ? '' : text.slice(start, end).toLowerCase();
  const contentAt = (at: number) => {
    htmlTag ??= { at, hasTag: false };
    if (isOutside() && inText === undefined) headEnd ??= at;
  };

  const tokenizer = new Tokenizer(
    // Text is skipped; attributes are decoded where they are used.
    { decodeEntities: false },
    {
      isInForeignContext: () => foreign.isInside,
      onopentagname(start, end) {
        if (++pieces > mostPieces) tokenizer.pause();
        const name = nameOf(start, end);
        foreign.opens(name);
        tag = { name, start: start - '<'.length, isForeign: foreign.isInside };
        htmlTag ??= name === 'html' ? { at: end, hasTag: true } : { at: tag.start, hasTag: false };
        if (isOutside() && name !== 'body' && !inHead.has(name)) headEnd ??= tag.start;
        foreign.opened(name);
        read = (!tag.isForeign && wanted.get(name)) || nothing;
        attributes = new Map();
      },
      onattribname(start, end) {
        if (++pieces > mostPieces) tokenizer.pause();
        attribute = { start, end };
        value = undefined;
      },
      onattribdata(start, end) {
        value = { start, end };
      },
      onattribend() {
        code.attribute(tag.start, attribute, value);
        const name = read.length === 0 ? '' : nameOf(attribute.start, attribute.end);
        // The first of two attributes with the same name counts (HTML §13.2.5.33).
        if (read.includes(name) && !attributes.has(name)) {
          attributes.set(name, value === undefined ? '' : text.slice(value.start, value.end));
        }
      },
      onopentagend: (end) => opened(end, false),
      onselfclosingtag: (end) => opened(end, tag.isForeign || foreign.isInside),
      onclosetag(start, end) {
        if (++pieces > mostPieces) tokenizer.pause();
        closed(nameOf(start, end), start - '</'.length);
      },
      ontext(start, end) {
        if (++pieces > mostPieces) tokenizer.pause();
        if (inCode !== undefined) code.text(start, end);
        if (htmlTag !== undefined && headEnd !== undefined) return;
        const content = firstContent(text, start, end);
        if (content < end) contentAt(content);
      },
      oncdata: ignored,
      oncomment: ignored,
      ondeclaration: ignored,
      onend: ignored,
      onprocessinginstruction: ignored,
      onattribentity: ignored,
      ontextentity: ignored,
    },
  );

  function opened(end: number, isEmpty: boolean): void {
    const { name, start, isForeign } = tag;
    const wasOutside = isOutside();
    code.element(start, name, attributes);
    if ((name === 'script' || name === 'style') && !isEmpty) inCode = name;
    if (isEmpty) foreign.closed(name);
    if (isForeign) return;
    if (textOnly.has(name)) inText = name;
    if (name === 'html') lang ??= attributes.get('lang');
    if (name === 'body' && wasOutside) bodyTag ??= { start, end: end + 1 };
    if (name === 'title' && wasOutside) titleAt = end + 1;
    if (name === 'meta' && wasOutside) metaTags.add(attributes, start);
    if (name === 'noscript' && depth === 0) inNoscript = true;
    if (name !== 'template' || inNoscript) return;
    const id = attributes.get('id');
    if (depth++ === 0) outermost = { id: id === undefined ? id : decode(id.slice(0, longestId + 1)), start: end + 1 };
  }

  function closed(name: string, at: number): void {
    if (name === inText) inText = undefined;
    if (name === inCode) inCode = undefined;
    if (name === 'title' && titleAt !== undefined) {
      metaTags.addTitle(text.slice(titleAt, at), titleAt);
      titleAt = undefined;
    }
    if (name === 'noscript') inNoscript = false;
    if (name === 'template' && depth > 0 && --depth === 0) endTemplate(at);
    foreign.closed(name);
  }

  function endTemplate(at: number): void {
    const { id, start = 0 } = outermost ?? {};
    foreign.reset();
    if (id === undefined || id.length > longestId || templates.size >= mostTemplates || templates.has(id)) return;
    templates.set(id, { start, end: Math.max(start, at) });
  }

  tokenizer.write(text);
  const isWhole = tokenizer.running;
  if (isWhole) tokenizer.end();
  if (isWhole && depth > 0) endTemplate(text.length);
  const readTo = isWhole ? text.length : tag.start;
  return {
    readTo,
    metaTags,
    language: lang !== undefined && language.test(lang) ? lang.trim() : undefined,
    htmlTag: htmlTag ?? { at: text.length, hasTag: false },
    bodyTag,
    headEnd: Math.min(bodyTag?.start ?? readTo, headEnd ?? readTo),
    templates: [...templates].map(([id, range]) => ({ id, ...range })),
    code,
  };
}

// As UTF-8 bytes.
const byteOrderMark = '\u00ef\u00bb\u00bf';
const content = /[^\t\n\f\r ]/g;

/** The first non-space; `end` if there is none. */
function firstContent(text: string, start: number, end: number): number {
  // A byte order mark counts as text and must stay first.
  content.lastIndex = start === 0 && text.startsWith(byteOrderMark) ? byteOrderMark.length : start;
  return Math.min(content.exec(text)?.index ?? end, end);
}

function ignored(): void {}
