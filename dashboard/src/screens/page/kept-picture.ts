import type { Card, Consumer, Picture } from '../../api/types.ts';

/** A card with its picture. */
export interface Kept {
  readonly card: Card;
  readonly picture: Picture;
  readonly href: string;
}

export function keptPictures(cards: readonly Card[]): Kept[] {
  return cards.flatMap((card) => {
    const { picture, href } = card;
    return picture === null || href === null ? [] : [{ card, picture, href }];
  });
}

/**
 * The picture that a network would be shown: its own; else the generic one; else one of a network whose frame has the
 * same shape. Another shape would show what nobody sees.
 */
export function pictureFor(kept: readonly Kept[], consumer: string, consumers: readonly Consumer[]): Kept | undefined {
  const of = (name: string) => kept.find(({ card }) => card.consumer === name);
  const shape = (name: string) => {
    const frame = consumers.find((one) => one.name === name);
    return frame && (frame.width / frame.height).toFixed(1);
  };
  return of(consumer) ?? of('generic') ?? kept.find(({ card }) => shape(card.consumer) === shape(consumer));
}
