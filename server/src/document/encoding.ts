/// <reference path="./html-encoding-sniffer.d.ts" />
import sniff from 'html-encoding-sniffer';
import type { HeaderLines } from '../model/policy.ts';

// The start of a document that the HTML standard's prescan reads, and an XML declaration.
const searched = 4096;

/**
 * A document's encoding (HTML §13.2.3.2, "encoding sniffing"): a byte order mark, the `charset` of its `Content-Type`,
 * its `<meta charset>`, else UTF-8; a name that `TextDecoder` knows, or `replacement`.
 */
export function encodingOf(headers: HeaderLines, body: Uint8Array): string {
  const type = headers.find(([name]) => name === 'content-type')?.[1] ?? '';
  const label = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(type)?.[1];
  return sniff(body.subarray(0, searched), {
    xml: /^\s*application\/xhtml\+xml/i.test(type),
    defaultEncoding: 'UTF-8',
    ...(label === undefined ? {} : { transportLayerEncodingLabel: label }),
  }).toLowerCase();
}

// WHATWG encodings in which an ASCII byte may be part of another character.
const notLikeAscii = new Set(['utf-16le', 'utf-16be', 'iso-2022-jp', 'replacement']);

/** Whether `<`, `>`, `&` and quotes are their ASCII bytes, and those bytes are nothing else. */
export function isLikeAscii(encoding: string): boolean {
  return !notLikeAscii.has(encoding);
}

/** Decodes bytes; invalid ones become U+FFFD. */
export function decoderOf(encoding: string): (bytes: Uint8Array) => string {
  // WHATWG Encoding §14.1: it stands for unsafe encodings, and decodes to one character.
  if (encoding === 'replacement') return () => '\ufffd';
  const decoder = new TextDecoder(encoding);
  return (bytes) => decoder.decode(bytes);
}
