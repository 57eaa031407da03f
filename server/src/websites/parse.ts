import { refuseShortAddress } from '../model/short-address.ts';
import type { Connection, HostName, Origin, PublicKey, RedirectHost, Target, Website } from '../model/website.ts';
import { isIgnored } from './ignored-parameters.ts';
import { isReserved, type ServiceNames } from './reserved-names.ts';

/**
 * A website's origin as a person types it, `https://example.com` or `example.com`.
 * @throws {Error} that says what is wrong.
 */
export function parseOrigin(text: string): Origin {
  const spelled = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = webAddress(text, spelled, 'is not a website address such as https://example.com.');
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw new Error(`"${text}" must be an origin without a path: ${url.origin}`);
  }
  // The dot of the DNS root: the same website.
  url.hostname = url.hostname.replace(/\.$/, '');
  return url.origin as Origin;
}

/** The origin and target of a page's address. @throws {Error} that says what is wrong. */
export function parsePageUrl(text: string): { origin: Origin; target: Target } {
  const url = webAddress(text, text, 'is not a page address such as https://example.com/page.');
  return { origin: url.origin as Origin, target: (url.pathname + url.search) as Target };
}

/** @param spelled `text` with a scheme. @param otherwise what is wrong where it cannot be read. */
function webAddress(text: string, spelled: string, otherwise: string): URL {
  const url = URL.parse(spelled);
  if (url === null) throw new Error(`"${text}" ${otherwise}`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Error(`"${text}" must begin with http:// or https://.`);
  }
  if (url.username !== '' || url.password !== '') throw new Error(`"${text}" must not contain a user or password.`);
  if (!hostName.test(url.hostname)) throw new Error(`"${text}" contains a character that host names cannot have.`);
  refuseShortAddress(spelled);
  return url;
}

/** Where to fetch a page of a website. */
export function addressOf(website: Website, target: Target): { origin: Origin; target: Target } {
  return target.startsWith('/') ? { origin: website.origin, target } : parsePageUrl(target);
}

/**
 * A host that pages may redirect to: `example.com`, `*.example.com`, with an optional port.
 * @throws {Error} that says what is wrong.
 */
export function parseRedirectHost(text: string): RedirectHost {
  const [, wildcard = '', host = ''] = /^(\*\.)?([^*/?#\\@\s]+)$/.exec(text) ?? [];
  const url = URL.parse(`https://${host}`);
  const isAddress = /^\[|^[\d.]+$/.test(url?.hostname ?? '');
  if (host === '' || url === null || (wildcard !== '' && isAddress)) {
    throw new Error(`"${text}" is not a host such as example.com, *.example.com or example.com:8443.`);
  }
  refuseShortAddress(`https://${host}`);
  // The URL standard drops 443; 80 and 443 both mean no port.
  return `${wildcard}${url.port === '80' ? url.hostname : url.host}` as RedirectHost;
}

/**
 * A custom host name: `cards.example.com`. Never the service's name or the connection domain, or a name below them.
 * @throws {Error} that says what is wrong.
 */
export function parseOwnHost(text: string, names: ServiceNames): HostName {
  const spelled = text.trim().replace(/\.$/, '');
  const url = URL.parse(`https://${spelled}`);
  const name = url?.hostname ?? '';
  const isName = name.length <= 253 && ownHostName.test(name) && !/\.\d+$/.test(name);
  if (!isName || url?.href !== `https://${name}/` || /[/?#@]/.test(spelled)) {
    throw new Error(`"${text}" is not a host name such as cards.example.com.`);
  }
  if (isReserved(name, names)) throw new Error(`"${text}" belongs to this service. Use a name of your own domain.`);
  return name as HostName;
}

// RFC 1123 §2.1.
const ownHostName = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/;
// Underscores are not allowed in host names, but some exist.
const hostName = /^(\[[\da-f:.]+\]|[\w-]+(\.[\w-]+)*\.?)$/;

export function parsePublicKey(text: string): PublicKey | undefined {
  return /^ogplus_pk_[A-Za-z0-9_-]{1,100}$/.test(text) ? (text as PublicKey) : undefined;
}

export function parseConnection(label: string): Connection | undefined {
  return /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label) ? (label as Connection) : undefined;
}

// Longer than any address that people share; servers reject longer ones.
const longestTarget = 8192;

/**
 * A request target as a page's path and query, byte for byte, without the parameters that begin with `ogplus_` and those
 * that the website ignores. Undefined for what cannot be requested: no path, a fragment, anything but printable ASCII, too
 * long.
 */
export function parseTarget(
  raw: string,
  ignored: readonly string[],
): { target: Target; options: URLSearchParams } | undefined {
  if (raw.length > longestTarget || !/^\/[!"$-~]*$/.test(raw)) return undefined;
  const mark = raw.indexOf('?');
  if (mark < 0) return { target: raw as Target, options: noOptions };
  const ours: string[] = [];
  const theirs: string[] = [];
  const pairs = raw.slice(mark + 1).split('&');
  for (const pair of pairs) {
    const name = parameterName(pair);
    if (name.startsWith('ogplus_')) ours.push(pair);
    else if (!isIgnored(name, ignored)) theirs.push(pair);
  }
  const query = theirs.length === 0 ? '' : `?${theirs.join('&')}`;
  const target = theirs.length === pairs.length ? raw : raw.slice(0, mark) + query;
  return { target: target as Target, options: new URLSearchParams(ours.join('&')) };
}

// Shared, because most addresses have none: nobody changes what is parsed.
const noOptions = new URLSearchParams();

function parameterName(pair: string): string {
  const name = pair.split('=', 1)[0] ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // a malformed escape
  }
}
