/** What can be wrong with a page's tags. */
export const tagFaults = [
  'title-missing',
  'image-missing',
  /** Not an absolute address. */
  'image-relative',
  /** A picture of another service. */
  'image-foreign',
  /** It looks like a card's address and draws nothing. */
  'image-dead',
  'image-of-other-page',
  'image-of-other-website',
  /** More than one og:image. */
  'image-twice',
  'description-missing',
  'url-missing',
  'type-missing',
  'small-card',
  'max-age-malformed',
  'viewport-width-malformed',
  'delay-malformed',
] as const;

/** What can be better about how long its card is kept. */
export const cachingFaults = [
  /** A header forbids it. */
  'never-kept',
  /** Every request from a network causes a request to the site. */
  'asked-each-time',
  /** Changes show up only after more than a week. */
  'kept-long',
] as const;

export type TagFault = (typeof tagFaults)[number];
export type CachingFault = (typeof cachingFaults)[number];
export type Fault = TagFault | CachingFault;

/** Every kind of thing that a check can find wrong. */
export const faults: readonly Fault[] = [...tagFaults, ...cachingFaults];
