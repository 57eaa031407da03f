import type { CardId } from '../model/card.ts';
import type { Consumer } from '../model/consumers.ts';
import type { Target, Website } from '../model/website.ts';

/** One page of one website, as a picture for a consumer. */
export interface CardRequest {
  readonly website: Website;
  /** The purge version from before the website was read: what is made with its settings began then. */
  readonly asOf: number;
  readonly target: Target;
  readonly consumer: Consumer;
  /** The preferred language of `Accept-Language`, lower case (`de-at`); empty without one. */
  readonly language: string;
  /** The client, for rate limits; computed only when one is taken from. */
  readonly client: () => string;
  /** Drawn anew, whatever is kept; undefined for requests of networks. */
  readonly anew?: Anew;
}

/** Cards that are drawn together from one new fetch of their page. */
interface Anew {
  /** Random: tells it from others at the same time. */
  readonly id: string;
  /** Of the document, once it was fetched. */
  responseId: string | undefined;
}

/** The key of a page; no target contains a line feed. */
export function pageKey(websiteId: number, target: string): string {
  return `${websiteId}\n${target}`;
}

export function cardId(request: CardRequest, variant: string): CardId {
  return { websiteId: request.website.id, target: request.target, consumer: request.consumer.name, variant };
}

/**
 * The client's preferred language (RFC 9110 §12.5.4), lower case. Only one, so that clients' headers make few variants.
 * Empty unless it is a short, well-formed tag.
 */
export function firstLanguage(acceptLanguage: string | undefined): string {
  if (acceptLanguage === undefined) return '';
  let [best, bestQuality] = ['', 0];
  for (const member of acceptLanguage.split(',', mostLanguages)) {
    const [tag = '', ...parameters] = member.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    const quality = weight === undefined ? 1 : Number(weight.slice('q='.length)) || 0;
    if (quality > bestQuality) [best, bestQuality] = [tag, quality];
  }
  return /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}$/.test(best) ? best : '';
}

// No browser sends as many; those at the end are preferred least.
const mostLanguages = 20;
