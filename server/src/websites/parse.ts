import type { Connection, Origin, PublicKey, Target } from './website.ts';

/**
 * The origin that a person typed: `https://example.com`, a path after it allowed and dropped by `URL`.
 * @throws {Error} with a sentence that says what is wrong.
 */
export function parseOrigin(text: string): Origin {
  const spelled = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(spelled)) throw new Error(`"${text}" is not a website's address such as https://example.com.`);
  const url = new URL(spelled);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Error(`"${text}" must begin with http:// or https://.`);
  }
  if (url.username !== '' || url.password !== '') throw new Error(`"${text}" must not hold a user or a password.`);
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw new Error(`"${text}" must be a whole website, without a path: ${url.origin}`);
  }
  return url.origin as Origin;
}

/** The website and the target of a page's address. @throws {Error} with a sentence that says what is wrong. */
export function parsePageUrl(text: string): { origin: Origin; target: Target } {
  if (!URL.canParse(text)) throw new Error(`"${text}" is not a page's address such as https://example.com/page.`);
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Error(`"${text}" must begin with http:// or https://.`);
  }
  return { origin: url.origin as Origin, target: (url.pathname + url.search) as Target };
}

export function parsePublicKey(text: string): PublicKey | undefined {
  return /^ogplus_pk_[A-Za-z0-9_-]{1,100}$/.test(text) ? (text as PublicKey) : undefined;
}

export function parseConnection(label: string): Connection | undefined {
  return /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label) ? (label as Connection) : undefined;
}

// Longer than any address people share; servers refuse longer ones.
const longestTarget = 8192;

/**
 * A request target as a page's path and query: bytes kept as they were written, those outside ASCII percent-encoded
 * as every client does; parameters that begin with `ogplus_` taken out. Undefined for what cannot be asked for.
 * @param raw as Node gives it: one character for one byte.
 */
export function parseTarget(raw: string): { target: Target; options: URLSearchParams } | undefined {
  if (!raw.startsWith('/') || raw.length > longestTarget || raw.includes('#')) return undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u0020\u007f]/.test(raw)) return undefined;
  const encoded = raw.replace(/[\u0080-\u00ff]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  const mark = encoded.indexOf('?');
  if (mark < 0) return { target: encoded as Target, options: new URLSearchParams() };
  const ours: string[] = [];
  const theirs = encoded
    .slice(mark + 1)
    .split('&')
    .filter((pair) => !isOurs(pair) || ours.push(pair) === 0);
  const query = ours.length > 0 && theirs.length === 0 ? '' : `?${theirs.join('&')}`;
  return { target: (encoded.slice(0, mark) + query) as Target, options: new URLSearchParams(ours.join('&')) };
}

function isOurs(pair: string): boolean {
  const name = pair.split('=', 1)[0] ?? '';
  try {
    return decodeURIComponent(name).startsWith('ogplus_');
  } catch {
    return false; // a malformed escape: not one of our names
  }
}
