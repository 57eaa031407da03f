import type { Origin } from '../../model/website.ts';

/** What an address in `og:image` names. */
export type NamedImage =
  /** A card. `origin` is that of its website, null where only another service knows it. */
  | { readonly kind: 'card'; readonly origin: Origin | null; readonly target: string }
  /** It has the form of ours, and draws nothing: `why` is a sentence. */
  | { readonly kind: 'nothing'; readonly why: string }
  /** None of our image addresses. */
  | { readonly kind: 'foreign' };

/** Reads an address. */
export type ReadImage = (url: URL) => Promise<NamedImage>;
