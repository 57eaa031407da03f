import type { PageDetail } from '../../../api/types.ts';
import { text } from '../../../text/text.ts';
import type { PreviewImage } from './preview.ts';

const words = text.networks;

/** Why networks do not show the page's card. */
export function whyToday(
  document: Pick<NonNullable<PageDetail['document']>, 'image'> | null,
  today: PreviewImage,
): string {
  const image = document?.image ?? null;
  if (image === null) return words.noImage;
  const isThere = image.kind === 'other' && today.kind !== 'none';
  return isThere ? words.otherImage(image.url) : words.brokenImage(image.url);
}
