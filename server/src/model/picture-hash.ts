import { hash } from 'node:crypto';

/** A picture's name in every store, and its `ETag`. */
export function pictureHash(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}
