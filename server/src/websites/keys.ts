import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { Connection, PublicKey, SecretKey } from '../model/website.ts';
import { parsePublicKey } from './parse.ts';

// People read and type these: without vowels they spell no words, without digits none is taken for a letter.
const letters = 'bcdfghjklmnpqrstvwxz';

/** A new connection name: eight letters, about 34 bits. It is public; the store refuses taken names. */
export function newConnection(): Connection {
  return Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('') as Connection;
}

export function newPublicKey(): PublicKey {
  return `ogplus_pk_${randomBytes(16).toString('base64url')}` as PublicKey;
}

/**
 * A website's secret key, derived from the installation's master key and stored nowhere, so that a copy of the database
 * reveals none.
 */
export function secretKeyOf(masterKey: Uint8Array, publicKey: PublicKey): SecretKey {
  const digest = createHmac('sha256', masterKey).update(`website secret key\n${publicKey}`).digest('base64url');
  return `ogplus_sk_${digest}` as SecretKey;
}

/** The token in a website's fetches, which lets the site tell them from others'; derived like the secret key. */
export function fetchTokenOf(masterKey: Uint8Array, publicKey: PublicKey): string {
  return createHmac('sha256', masterKey).update(`website fetch token\n${publicKey}`).digest('base64url');
}

/** The token of a link that its owner may see again: derived, so that the store has only its hash. */
export function linkTokenOf(masterKey: Uint8Array, salt: string): string {
  return createHmac('sha256', masterKey).update(`link\n${salt}`).digest('base64url').slice(0, 32);
}

/** The key that better-auth signs cookies with; derived like the secret key. */
export function authSecretOf(masterKey: Uint8Array): string {
  return createHmac('sha256', masterKey).update('sessions of persons').digest('base64url');
}

/** The token in the link that creates the first account: the same at every start, valid until used. */
export function firstAccountTokenOf(masterKey: Uint8Array): string {
  return createHmac('sha256', masterKey).update('first account').digest('base64url');
}

/** The API key that a developer pastes into their app (docs/guides/addresses.md). */
export function apiKeyOf(publicKey: PublicKey, secretKey: SecretKey): string {
  return `ogplus_live_${Buffer.from(JSON.stringify({ pk: publicKey, sk: secretKey })).toString('base64url')}`;
}

/** The two keys of an API key, undefined if malformed. Does not check that they belong together. */
export function readApiKey(text: string): { publicKey: PublicKey; secretKey: SecretKey } | undefined {
  if (!text.startsWith('ogplus_live_')) return undefined;
  try {
    const parts: unknown = JSON.parse(Buffer.from(text.slice('ogplus_live_'.length), 'base64url').toString());
    if (typeof parts !== 'object' || parts === null || !('pk' in parts) || !('sk' in parts)) return undefined;
    const { pk, sk } = parts;
    const publicKey = typeof pk === 'string' ? parsePublicKey(pk) : undefined;
    return publicKey && typeof sk === 'string' ? { publicKey, secretKey: sk as SecretKey } : undefined;
  } catch {
    return undefined; // not JSON
  }
}

/** Compares in constant time. */
export function isSecretKeyOf(
  masterKey: Uint8Array,
  { publicKey, secretKey }: { publicKey: PublicKey; secretKey: SecretKey },
): boolean {
  const [right, given] = [secretKeyOf(masterKey, publicKey), secretKey].map((key) => Buffer.from(key));
  return right !== undefined && given !== undefined && right.length === given.length && timingSafeEqual(right, given);
}
