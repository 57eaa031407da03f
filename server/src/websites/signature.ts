import { createHmac, timingSafeEqual } from 'node:crypto';
import type { PublicKey, SecretKey } from '../model/website.ts';
import { parsePublicKey } from './parse.ts';

/** The parts of a signed address: the public key and the MAC. */
export interface Signature {
  readonly publicKey: PublicKey;
  readonly mac: Buffer;
}

const macBytes = 16;

/**
 * The signature of `/image?{query}` (docs/guides/addresses.md): base64url, unpadded, of the public key, a colon, and the
 * first 16 bytes of HMAC-SHA256 over path and query exactly as sent.
 */
export function sign(publicKey: PublicKey, secretKey: SecretKey, query: string): string {
  return Buffer.concat([Buffer.from(`${publicKey}:`), macOf(secretKey, query)]).toString('base64url');
}

/** The parts of a signature, undefined if malformed. Accepts only the canonical spelling. */
export function readSignature(text: string): Signature | undefined {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) return undefined;
  const colon = bytes.indexOf(':');
  const publicKey = colon < 0 ? undefined : parsePublicKey(bytes.toString('latin1', 0, colon));
  const mac = bytes.subarray(colon + 1);
  return publicKey !== undefined && mac.length === macBytes ? { publicKey, mac } : undefined;
}

/** Compares in constant time. */
export function isSignatureOf(secretKey: SecretKey, { mac }: Signature, query: string): boolean {
  return timingSafeEqual(macOf(secretKey, query), mac);
}

function macOf(secretKey: SecretKey, query: string): Buffer {
  return createHmac('sha256', secretKey).update(`/image?${query}`).digest().subarray(0, macBytes);
}
