import type { SharedCard, SharedPage } from '../api/types.ts';
import type { PreviewImage } from '../screens/page/previews/preview.ts';

/** The address of what is below the preview's own. */
export function below({ address }: SharedPage, path: string): string {
  return `${new URL(address).pathname}/${path}`;
}

/** The picture of a network's card; of one that is being drawn, its address, which answers when it is there. */
export function imageOf(page: SharedPage, { consumer, picture, limits }: SharedCard): PreviewImage {
  if (picture === 'failed' || picture === 'gone') return { kind: picture };
  const { width, height } = picture === 'waiting' ? limits : picture;
  return { kind: 'picture', src: below(page, `pictures/${consumer}`), width, height };
}

/** The picture that networks show today, where it is not the page's card; as `usePictureToday` of the dashboard. */
export function pictureToday(page: SharedPage): PreviewImage | null {
  const { document, namedPicture } = page;
  if (document === null || document.image?.kind === 'own') return null;
  if (namedPicture === null || document.image?.kind !== 'other') return { kind: 'none' };
  return { kind: 'picture', src: below(page, 'named-picture'), ...namedPicture };
}
