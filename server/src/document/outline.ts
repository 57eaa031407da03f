import { Tokenizer } from 'htmlparser2';
import type { Range } from '../model/document.ts';
import { CodeMarks } from './code-marks.ts';
import { ForeignContent } from './foreign-content.ts';
import { MetaTags } from './meta-tags.ts';

/** Where the parts of a document lie, and what stands in them; offsets into the text. */
export interface Outline {
  /** How far it was read: to the end, unless the document is made of more pieces than any page. */
  readonly readTo: number;
  readonly metaTags: MetaTags;
  readonly language: string | undefined;
  readonly htmlTag: { readonly at: number; readonly hasTag: boolean };
  readonly bodyTag: Range | undefined;
  readonly headEnd: number;
  readonly templates: ReadonlyArray<Range & { readonly id: string }>;
  readonly code: CodeMarks;
}

// The most that any page comes near: the HTML standard on one page has a million. Reading so many takes 0.2 s.
const mostPieces = 2_000_000;
// Cards in a document are as many as networks, at most.
const mostTemplates = 100;
const longestId = 100;
// `annotation-xml` is the longest name that means something here.
const longestName = 16;

// Elements that may stand in a head (HTML §4.2), and the head's own parents.
const inHead = new Set(['html', 'head', 'base', 'link', 'meta', 'noscript', 'script', 'style', 'template', 'title']);
// Of these, the ones whose content is text and nothing else.
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
 * Reads a document once, from its beginning to its end, piece by piece and without a tree: what it holds costs no more
 * than its length. Broken HTML is read as far as it goes.
 * @param text one character for each byte, in an encoding in which ASCII reads as itself.
 * @param decode the text of some of them.
 */
export function outlineOf(text: string, decode: (bytes: string) => string): Outline {
  const metaTags = new MetaTags(decode);
  const code = new CodeMarks(text);
  const foreign = new ForeignContent();
  const templates = new Map<string, Range>();
  let htmlTag: { at: number; hasTag: boolean } | undefined;
  let bodyTag: Range | undefined;
  let headEnd: number | undefined;
  let said: string | undefined;
  let pieces = 0;
  /** Templates that are open, and where the outermost begins. */
  let depth = 0;
  let outermost: { readonly id: string | undefined; readonly start: number } | undefined;
  let inNoscript = false;
  /** The open elements of text, and of code. */
  let inText: string | undefined;
  let inCode: string | undefined;
  /** The tag that is being read. */
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
    // Text is passed over at once; what is read of attributes is decoded where it is read.
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
        // Of two attributes of a name the first counts (HTML §13.2.5.33).
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
    if (name === 'html') said ??= attributes.get('lang');
    if (name === 'body' && wasOutside) bodyTag ??= { start, end: end + 1 };
    if (name === 'meta' && wasOutside) metaTags.add(attributes, start);
    if (name === 'noscript' && depth === 0) inNoscript = true;
    if (name !== 'template' || inNoscript) return;
    const id = attributes.get('id');
    if (depth++ === 0) outermost = { id: id === undefined ? id : decode(id.slice(0, longestId + 1)), start: end + 1 };
  }

  function closed(name: string, at: number): void {
    if (name === inText) inText = undefined;
    if (name === inCode) inCode = undefined;
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
    language: said !== undefined && language.test(said) ? said.trim() : undefined,
    htmlTag: htmlTag ?? { at: text.length, hasTag: false },
    bodyTag,
    headEnd: Math.min(bodyTag?.start ?? readTo, headEnd ?? readTo),
    templates: [...templates].map(([id, range]) => ({ id, ...range })),
    code,
  };
}

// In bytes of UTF-8.
const byteOrderMark = '\u00ef\u00bb\u00bf';
const content = /[^\t\n\f\r ]/g;

/** Where the first thing stands that is no white space; `end` where there is none. */
function firstContent(text: string, start: number, end: number): number {
  // A byte order mark reads as text and must stay the first thing.
  content.lastIndex = start === 0 && text.startsWith(byteOrderMark) ? byteOrderMark.length : start;
  return Math.min(content.exec(text)?.index ?? end, end);
}

function ignored(): void {}
