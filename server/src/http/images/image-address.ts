import type { Connection, HostName, PublicKey } from '../../model/website.ts';
import type { Directory } from '../../websites/directory.ts';
import { parseConnection, parsePublicKey } from '../../websites/parse.ts';
import { isReserved, type ServiceNames } from '../../websites/reserved-names.ts';
import { readSignature, type Signature } from '../../websites/signature.ts';

/** A card's address (docs/guides/addresses.md): what identifies the website, and the rest as sent. */
export type ImageAddress =
  | { readonly kind: 'connection'; readonly key: Connection | undefined; readonly rest: string }
  | { readonly kind: 'own-host'; readonly key: HostName; readonly rest: string }
  | { readonly kind: 'domain'; readonly key: PublicKey | undefined; readonly rest: string }
  /** `rest` is the query, exactly as sent. */
  | { readonly kind: 'signed'; readonly key: PublicKey; readonly signature: Signature; readonly rest: string }
  | { readonly kind: 'wrongly-signed'; readonly key: undefined; readonly rest: string };

const signedPath = '/api/websites/v1/';
const domainPath = `${signedPath}domain/`;

/**
 * Parses the host and the raw request target. Undefined if it is not an image address, for example the API's.
 * `key` is undefined if an image address identifies no website.
 */
export function parseImageAddress(
  host: string,
  raw: string,
  connectionDomain: string,
  isOwnHost: (name: string) => name is HostName = nobodysOwn,
): ImageAddress | undefined {
  const name = hostName(host);
  // Connections first: no website can claim another's address as its own host.
  if (name.endsWith(connectionDomain) && name.at(-connectionDomain.length - 1) === '.') {
    const label = name.slice(0, -connectionDomain.length - 1);
    return { kind: 'connection', key: parseConnection(label), rest: raw };
  }
  return isOwnHost(name) ? { kind: 'own-host', key: name, rest: raw } : keyAddress(raw);
}

/** Tells custom host names of websites. The service's own names stay its own, whatever host a website claims. */
export function ownHostsIn(directory: Directory, names: ServiceNames): (name: string) => name is HostName {
  return (name): name is HostName => directory.isOwnHost(name) && !isReserved(name, names);
}

/** An address that identifies a website by its key. */
function keyAddress(raw: string): ImageAddress | undefined {
  if (!raw.startsWith(domainPath)) return signedAddress(raw);
  const match = /^([^/?]*)\/image(?:([/?].*))?$/.exec(raw.slice(domainPath.length));
  const rest = match?.[2] ?? '/';
  return {
    kind: 'domain',
    key: match === null ? undefined : parsePublicKey(match[1] ?? ''),
    rest: rest.startsWith('?') ? `/${rest}` : rest,
  };
}

function signedAddress(raw: string): ImageAddress | undefined {
  if (!raw.startsWith(signedPath)) return undefined;
  const [, text, rest = ''] = /^([^/?]*)\/image(?:\?(.*))?$/.exec(raw.slice(signedPath.length)) ?? [];
  if (text === undefined) return undefined;
  const signature = readSignature(text);
  return signature === undefined
    ? { kind: 'wrongly-signed', key: undefined, rest }
    : { kind: 'signed', key: signature.publicKey, signature, rest };
}

function nobodysOwn(_: string): _ is HostName {
  return false;
}

/** The host of a `Host` field, lower case, without the port and a trailing dot. */
function hostName(host: string): string {
  const colon = host.indexOf(':');
  const name = (colon < 0 ? host : host.slice(0, colon)).toLowerCase();
  return name.endsWith('.') ? name.slice(0, -1) : name;
}
