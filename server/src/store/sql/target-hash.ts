import { createHash } from 'node:crypto';
import type { Target } from '../../model/website.ts';

/** Stands for a target in indexes: a target is longer than an index takes. */
export function targetHash(target: Target): string {
  return createHash('sha256').update(target).digest('base64url');
}
