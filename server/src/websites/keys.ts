import { createHmac, randomBytes, randomInt } from 'node:crypto';
import type { Connection, PublicKey, SecretKey } from './website.ts';

// Read aloud and typed by people: no vowels, so that no word comes out; no digits, so that none is taken for a letter.
const letters = 'bcdfghjklmnpqrstvwxz';

/** A new connection name: eight letters, about 34 bits; it is public, and taken names are refused by the store. */
export function newConnection(): Connection {
  return Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('') as Connection;
}

export function newPublicKey(): PublicKey {
  return `ogplus_pk_${randomBytes(16).toString('base64url')}` as PublicKey;
}

/**
 * The secret key of a website. It is derived from the installation's master key and stored nowhere, so that a copy of
 * the database gives none away.
 */
export function secretKeyOf(masterKey: Uint8Array, publicKey: PublicKey): SecretKey {
  const digest = createHmac('sha256', masterKey).update(`website secret key\n${publicKey}`).digest('base64url');
  return `ogplus_sk_${digest}` as SecretKey;
}

/** What a developer pastes into their app (SPEC section 2). */
export function apiKeyOf(publicKey: PublicKey, secretKey: SecretKey): string {
  return `ogplus_live_${Buffer.from(JSON.stringify({ pk: publicKey, sk: secretKey })).toString('base64url')}`;
}
