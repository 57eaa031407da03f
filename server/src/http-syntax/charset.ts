import type { HeaderLines } from '../model/policy.ts';

/**
 * How a document is encoded, as far as its head must be read: a byte order mark, the `charset` of its `Content-Type`,
 * else UTF-8. (A `<meta charset>` names an encoding in which ASCII reads as itself; the names of tags are ASCII.)
 */
export function charsetOf(headers: HeaderLines, body: Uint8Array): string {
  if (body[0] === 0xfe && body[1] === 0xff) return 'utf-16be';
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf-16le';
  const type = headers.find(([name]) => name === 'content-type')?.[1] ?? '';
  const label = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(type)?.[1];
  if (label === undefined) return 'utf-8';
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return 'utf-8'; // a label that names no encoding
  }
}
