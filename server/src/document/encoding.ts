/// <reference path="./html-encoding-sniffer.d.ts" />
import sniff from 'html-encoding-sniffer';
import type { HeaderLines } from '../model/policy.ts';

// What the HTML standard's prescan looks at of a document's beginning, and an XML declaration beside it.
const searched = 4096;

/**
 * How a document is encoded (HTML §13.2.3.2, "encoding sniffing"): a byte order mark, the `charset` of its
 * `Content-Type`, its `<meta charset>`, else UTF-8; a name that `TextDecoder` knows, or `replacement`.
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

// Of the encodings of the web (WHATWG Encoding), the ones in which bytes of ASCII may be part of something else.
const notLikeAscii = new Set(['utf-16le', 'utf-16be', 'iso-2022-jp', 'replacement']);

/** Whether `<`, `>`, `&` and quotes are the same bytes as in ASCII, and these bytes are nothing else. */
export function isLikeAscii(encoding: string): boolean {
  return !notLikeAscii.has(encoding);
}

/** Makes text of bytes; what is no text in that encoding reads as U+FFFD. */
export function decoderOf(encoding: string): (bytes: Uint8Array) => string {
  // WHATWG Encoding §14.1: it stands for encodings that are a danger, and has one character.
  if (encoding === 'replacement') return () => '\ufffd';
  const decoder = new TextDecoder(encoding);
  return (bytes) => decoder.decode(bytes);
}
