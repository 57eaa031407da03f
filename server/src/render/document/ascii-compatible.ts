import type { FetchedDocument } from '../../model/document.ts';

/**
 * The document's bytes in an encoding in which ASCII reads as itself. UTF-16 is the one of the web in which it does not;
 * it becomes UTF-8, and `charset` says so.
 */
export function asciiCompatible({ body, headers }: FetchedDocument): { body: Buffer; charset: string | undefined } {
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
