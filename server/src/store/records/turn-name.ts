import { createHash } from 'node:crypto';
import type { CardId } from '../../model/card.ts';

/** The lease to make a card is named `before`, then the version of the newest purge that covers its page, then `after`. */
export function turnName({ websiteId, target, consumer, variant }: CardId): { before: string; after: string } {
  const card = variant === '' ? consumer : `${consumer}\n${variant}`;
  const hash = createHash('sha256').update(`${target}\n${card}`).digest('base64url');
  return { before: `card ${websiteId} `, after: ` ${hash}` };
}
