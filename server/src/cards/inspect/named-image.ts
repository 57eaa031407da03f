import type { Origin } from '../../model/website.ts';

/** What an `og:image` address refers to. */
export type NamedImage =
  /** A card. `origin` is its website's, null if only another service knows it. */
  | {
      readonly kind: 'card';
      readonly origin: Origin | null;
      readonly target: string;
      /** Query parameters that are left out of the page's address. */
      readonly ignored: readonly string[];
    }
  /** It looks like one of our addresses but draws nothing; `why` is a sentence. */
  | { readonly kind: 'nothing'; readonly why: string }
  /** Not one of our image addresses. */
  | { readonly kind: 'foreign' };

/** Reads an image address. */
export type ReadImage = (url: URL) => Promise<NamedImage>;
