import { isIP } from 'node:net';
import { Problem } from '../model/problem.ts';

/**
 * Parses an address from outside like a browser, but refuses what parsers are known to disagree about: the check and the
 * connection must mean the same host.
 * @throws {Problem} `address-refused` for such an address; `malformed-address` for an invalid one.
 */
export function strictUrl(text: string, base?: string): URL {
  const url = URL.parse(text, base);
  if (url === null) throw new Problem('malformed-address', 'It is not a valid address.');
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
  return new Problem('address-refused', `It contains ${what}, which parsers read differently.`);
}
