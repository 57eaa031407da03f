import { OgPlusError } from './error.ts';
import { parse } from './page.ts';

/** `npx ogplus site create` and the dashboard show all of these. */
export type OgPlusOptions =
  /** The connection address, such as `https://mlghbepw.cards.example.com`. With service and key beside it, everything works. */
  | { readonly connectionUrl: string; readonly service?: string | undefined; readonly apiKey?: string | undefined }
  /** The service's address and the website's public key. */
  | { readonly service: string; readonly publicKey: string }
  /** The service's address and the website's API key, which is secret: use it on servers only. */
  | { readonly service: string; readonly apiKey: string };

export interface Keys {
  readonly publicKey: string;
  readonly secretKey: string;
}

export interface Settings {
  /** What stands before a page's path and query in the address of its card. */
  readonly base: string;
  /** Undefined without an API key. */
  readonly api: { readonly service: string; readonly apiKey: string; readonly keys: Keys } | undefined;
}

/** @throws {OgPlusError} that says which option is missing or wrong. */
export function readOptions(options: OgPlusOptions): Settings {
  const given: Partial<Record<'connectionUrl' | 'service' | 'publicKey' | 'apiKey', string | undefined>> =
    options ?? {};
  const service = given.service === undefined ? undefined : address('service', given.service);
  const api = given.apiKey === undefined ? undefined : { apiKey: given.apiKey, keys: readApiKey(given.apiKey) };
  if (api !== undefined && service === undefined) {
    throw new OgPlusError('apiKey needs service beside it: the address of your OpenGraph+ service.');
  }
  return { base: baseOf(given, service, api?.keys.publicKey), api: api && service ? { ...api, service } : undefined };
}

function baseOf(
  {
    connectionUrl,
    publicKey,
  }: { readonly connectionUrl?: string | undefined; readonly publicKey?: string | undefined },
  service: string | undefined,
  keyOfApi: string | undefined,
): string {
  if (connectionUrl !== undefined) {
    const base = address('connectionUrl', connectionUrl);
    if (new URL(base).pathname !== '/') {
      throw new OgPlusError(`connectionUrl is an address without a path: ${new URL(base).origin}, not ${base}.`);
    }
    return base;
  }
  const key = keyOfApi ?? publicKey;
  if (service === undefined || key === undefined) {
    throw new OgPlusError(
      'createOgPlus needs connectionUrl, or service with publicKey or apiKey. Is an environment variable not set? `npx ogplus site create` and the dashboard show the values.',
    );
  }
  if (!publicKeys.test(key)) throw new OgPlusError(`"${key}" is not a public key: it begins with ogplus_pk_.`);
  return `${service}/api/websites/v1/domain/${key}/image`;
}

const publicKeys = /^ogplus_pk_[\w-]{1,100}$/;

/** An address without a slash at its end. */
function address(name: string, text: string): string {
  const url = parse(text);
  if (url === undefined || url.search !== '' || url.hash !== '') {
    const why = text === '' ? ' Is an environment variable not set?' : '';
    throw new OgPlusError(`${name} must be an address such as https://example.com, not ${JSON.stringify(text)}.${why}`);
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
}

function readApiKey(text: string): Keys {
  const [, encoded = ''] = /^ogplus_live_([\w-]+)$/.exec(text) ?? [];
  try {
    const { pk, sk } = JSON.parse(atob(encoded.replaceAll('-', '+').replaceAll('_', '/')));
    if (publicKeys.test(pk) && typeof sk === 'string' && sk !== '') return { publicKey: pk, secretKey: sk };
  } catch {
    // not base64 or not JSON: said below
  }
  // The key is secret, so the message does not repeat it.
  throw new OgPlusError('apiKey is not the key of a website: it begins with ogplus_live_ and must be whole.');
}
