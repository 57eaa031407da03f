import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The secret part of a link that is good once: 192 bits. */
export function newToken(): string {
  return randomBytes(24).toString('base64url');
}

/** What is kept of a token. It is long and random: a fast hash gives nothing away. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Compares in a time that says nothing of where two tokens differ. */
export function isSameToken(given: string, right: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(given)), Buffer.from(hashOf(right)));
}
