import { OgPlusError } from './error.ts';
import type { Keys } from './options.ts';

const macBytes = 16;
const encoder = new TextEncoder();

/**
 * Makes signatures of `/image?{query}`: base64url, unpadded, of the public key, a colon, and the first 16 bytes of
 * HMAC-SHA256 with the secret key over path and query exactly as sent.
 */
export function signer({ publicKey, secretKey }: Keys): (query: string) => Promise<string> {
  let key: Promise<CryptoKey> | undefined;
  return async (query) => {
    const subtle = globalThis.crypto?.subtle;
    if (subtle === undefined) {
      throw new OgPlusError('signedImage needs WebCrypto, which browsers offer on https and on localhost only.');
    }
    key ??= subtle.importKey('raw', encoder.encode(secretKey), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    const mac = await subtle.sign('HMAC', await key, encoder.encode(`/image?${query}`));
    const bytes = [...encoder.encode(`${publicKey}:`), ...new Uint8Array(mac, 0, macBytes)];
    return btoa(String.fromCharCode(...bytes))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '');
  };
}
