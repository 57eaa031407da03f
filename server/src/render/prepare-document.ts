import { Parser } from 'htmlparser2';
import type { FetchedDocument } from './renderer.ts';

/** A document ready to be handed to the browser. */
export interface PreparedDocument {
  readonly body: Buffer;
  readonly headers: ReadonlyArray<{ readonly name: string; readonly value: string }>;
}

/**
 * Sets `data-ogplus` in the document's own bytes: it is there before the first style is computed and the first script
 * runs, and no Content-Security-Policy can forbid it. Pure.
 * @param consumer the attribute's value; null for the generic card.
 */
export function prepareDocument(document: FetchedDocument, consumer: string | null): PreparedDocument {
  const { body, charset } = asciiCompatible(document);
  const attribute = ` data-ogplus="${consumer ?? ''}"`; // with a value, always: XHTML knows no other form
  // One character for one byte: offsets in the text are offsets in the bytes, whatever the encoding.
  const { at, hasTag } = htmlTag(body);
  const insert = hasTag ? attribute : `<html${attribute}>`;
  return {
    body: Buffer.concat([body.subarray(0, at), Buffer.from(insert, 'latin1'), body.subarray(at)]),
    headers: headersFor(document, charset),
  };
}

/** UTF-16 is the one encoding of the web in which ASCII does not read as itself; it becomes UTF-8. */
function asciiCompatible({ body, headers }: FetchedDocument): { body: Buffer; charset: string | undefined } {
  const [first, second] = body;
  // A byte order mark stands above the header (WHATWG Encoding, "BOM sniff").
  const marked = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null;
  const utf8Mark = first === 0xef && second === 0xbb && body[2] === 0xbf;
  const utf16 = marked ?? (utf8Mark ? null : utf16Of(headers));
  if (utf16 === null) return { body: Buffer.from(body.buffer, body.byteOffset, body.length), charset: undefined };
  return { body: Buffer.from(new TextDecoder(utf16).decode(body)), charset: 'utf-8' };
}

const utf16Label =
  /;\s*charset\s*=\s*"?(utf-16(?:le|be)?|unicode|ucs-2|csunicode|iso-10646-ucs-2|unicodefe?ff)"?\s*(?:;|$)/i;

/** The UTF-16 that `Content-Type` names, by one of the labels of WHATWG Encoding. */
function utf16Of(headers: FetchedDocument['headers']): string | null {
  const [, type] = headers.find(([name]) => name === 'content-type') ?? [];
  return utf16Label.exec(type ?? '')?.[1] ?? null;
}

const pieceBytes = 16_384;

/** Where the attribute goes: behind `<html`, or, where there is no such tag, before the first thing that is content. */
function htmlTag(body: Buffer): { at: number; hasTag: boolean } {
  let found: { at: number; hasTag: boolean } | undefined;
  const parser = new Parser({
    onopentagname(name) {
      if (found !== undefined) return;
      const start = parser.startIndex;
      found = name === 'html' ? { at: start + '<html'.length, hasTag: true } : { at: start, hasTag: false };
    },
    ontext(text) {
      // The byte order mark reads as text and must stay the first thing.
      const content = text.replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
      if (found === undefined && content !== '') {
        found = { at: parser.startIndex + text.length - content.length, hasTag: false };
      }
    },
  });
  for (let at = 0; at < body.length && found === undefined; at += pieceBytes) {
    parser.write(body.toString('latin1', at, at + pieceBytes));
  }
  if (found === undefined) parser.end();
  return found ?? { at: body.length, hasTag: false };
}

// Fields that speak of the transfer, which is over, or that would make the browser do something else than draw.
const dropped = new Set([
  'alt-svc',
  'connection',
  'content-disposition',
  'content-encoding',
  'content-length',
  'keep-alive',
  'nel',
  'refresh',
  'report-to',
  'reporting-endpoints',
  'set-cookie',
  'strict-transport-security',
  'transfer-encoding',
]);

function headersFor(document: FetchedDocument, charset: string | undefined): PreparedDocument['headers'] {
  return document.headers
    .filter(([name]) => !dropped.has(name))
    .map(([name, value]) => {
      if (name !== 'content-type' || charset === undefined) return { name, value };
      return { name, value: `${value.split(';', 1)[0]}; charset=${charset}` };
    });
}
