import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The secret part of a one-time link: 192 bits. */
export function newToken(): string {
  return randomBytes(24).toString('base64url');
}

/** The stored form of a token. A token is long and random, so a fast hash is safe. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Compares in constant time. */
export function isSameToken(given: string, right: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(given)), Buffer.from(hashOf(right)));
}
