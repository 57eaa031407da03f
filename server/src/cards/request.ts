import type { CardId } from '../model/card.ts';
import type { Consumer } from '../model/consumers.ts';
import type { Target, Website } from '../model/website.ts';

/** What somebody asks for: one page of one website, as a picture for a consumer. */
export interface CardRequest {
  readonly website: Website;
  readonly target: Target;
  readonly consumer: Consumer;
  /** The language that the requester's `Accept-Language` likes most, lower case (`de-at`); empty without one. */
  readonly language: string;
  /** Who asks, as far as quotas go; worked out only where one is taken from. */
  readonly client: () => string;
}

/** Names a page; no target contains a line feed. */
export function pageKey(websiteId: number, target: string): string {
  return `${websiteId}\n${target}`;
}

export function cardId(request: CardRequest, variant: string): CardId {
  return { websiteId: request.website.id, target: request.target, consumer: request.consumer.name, variant };
}

/**
 * The language that the client likes most (RFC 9110 §12.5.4), lower case; one and not all of them, so that what clients
 * send makes few variants. Empty for what is no short, well-formed tag.
 */
export function firstLanguage(acceptLanguage: string | undefined): string {
  let [best, bestQuality] = ['', 0];
  for (const member of (acceptLanguage ?? '').split(',', mostLanguages)) {
    const [tag = '', ...parameters] = member.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    const quality = weight === undefined ? 1 : Number(weight.slice('q='.length)) || 0;
    if (quality > bestQuality) [best, bestQuality] = [tag, quality];
  }
  return /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}$/.test(best) ? best : '';
}

// No browser sends as many; what comes behind is liked least.
const mostLanguages = 20;
