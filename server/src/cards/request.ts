import type { CardId } from '../store/store.ts';
import type { Target, Website } from '../websites/website.ts';
import type { Consumer } from './consumers.ts';

/** What somebody asks for: one page of one website, as a picture for a consumer. */
export interface CardRequest {
  readonly website: Website;
  readonly target: Target;
  readonly consumer: Consumer;
  /** The first language of the requester's `Accept-Language`, lower case (`de-at`); empty without one. */
  readonly language: string;
}

/** Keys of one page begin with this; no target contains a line feed. */
export function pageKey(websiteId: number, target: string): string {
  return `${websiteId}\n${target}\n`;
}

export function cardKey(id: CardId): string {
  return `${pageKey(id.websiteId, id.target)}${id.consumer}\n${id.variant}`;
}

export function cardId(request: CardRequest, variant: string): CardId {
  return { websiteId: request.website.id, target: request.target, consumer: request.consumer.name, variant };
}

/** A short, well-formed first language tag (RFC 9110 §12.5.4), so that what clients send makes few variants. */
export function firstLanguage(acceptLanguage: string | undefined): string {
  const [first = ''] = (acceptLanguage ?? '').split(/[,;]/, 1);
  const tag = first.trim().toLowerCase();
  return /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}$/.test(tag) ? tag : '';
}
