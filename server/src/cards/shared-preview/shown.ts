import type { MetaTag } from '../../model/meta-tag.ts';
import type { Picture } from '../../model/picture.ts';

/** One network's card on a shared preview. */
export interface SharedCard {
  readonly consumer: string;
  /** As people know it. */
  readonly label: string;
  /** `waiting`: it is being drawn, and its address answers when it is. */
  readonly picture: Omit<Picture, 'hash'> | 'waiting' | 'failed' | 'gone';
  /** Of its picture: device pixels, and bytes to aim for and never to exceed. */
  readonly limits: { readonly width: number; readonly height: number; readonly soft: number; readonly max: number };
}

/** What the page says of itself, without the addresses of cards: with one of them other cards could be asked for. */
export interface SharedDocument {
  readonly title: string | null;
  readonly description: string | null;
  readonly image: { readonly url: string; readonly kind: 'own' | 'other' | 'broken' } | null;
  readonly tags: readonly MetaTag[];
}

/** All that a shared preview shows: nothing else of the website. */
export interface SharedPage {
  /** The page's own. */
  readonly url: string;
  /** The preview's own; its pictures lie below. */
  readonly address: string;
  /** ISO 8601. */
  readonly expiresAt: string;
  /** Null where it could not be read. */
  readonly document: SharedDocument | null;
  /** The picture that the page names, where that is not its card, in pixels; null where it names none that can be read. */
  readonly namedPicture: { readonly width: number; readonly height: number } | null;
  readonly cards: readonly SharedCard[];
}
