import { isIP } from 'node:net';
import { Problem } from '../model/problem.ts';

/**
 * Reads an address that somebody else wrote, as the browser would, but refuses what parsers are known to read in more
 * than one way: whoever checks an address and whoever connects to it must mean the same host.
 * @throws {Problem} `address-refused` for such a one; `malformed-address` for what is no address at all.
 */
export function strictUrl(text: string, base?: string): URL {
  if (!URL.canParse(text, base)) throw new Problem('malformed-address', 'It cannot be read.');
  const url = new URL(text, base);
  const [beforeQuery = ''] = text.split(/[?#]/, 1);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: parsers drop them, or stop at them
  if (/[\\\u0000-\u001f\u007f]/.test(beforeQuery)) throw ambiguous('a backslash or a control character');
  if (/^\s*https?:(?!\/\/[^/])/i.test(text)) throw ambiguous('a scheme without "//"');
  if (url.username !== '' || url.password !== '') throw ambiguous('a user or a password');
  const written = /^[^/?#]*\/\/([^/?#]*?)(:\d*)?(?=[/?#]|$)/.exec(text.trim())?.[1];
  const isAddress = isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0;
  if (written !== undefined && isAddress && written.toLowerCase() !== url.hostname) {
    throw ambiguous('an unusual spelling of an IP address');
  }
  return url;
}

function ambiguous(what: string): Problem {
  return new Problem('address-refused', `It holds ${what}, which not everyone reads in the same way.`);
}
