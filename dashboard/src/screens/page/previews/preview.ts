import type { NetworkFrame } from '../../../../../server/src/model/networks/network-frames.ts';
import type { ShownText } from '../../../../../server/src/model/networks/shown-text.ts';

/** The picture in a network's frame, or why there is none; `none`: the network shows the text alone. */
export type PreviewImage =
  | { readonly kind: 'picture'; readonly src: string; readonly width: number; readonly height: number }
  | { readonly kind: 'missing' | 'drawing' | 'loading' | 'failed' | 'gone' | 'none' };

/** What a network shows of a page. */
export interface Preview extends ShownText {
  readonly image: PreviewImage;
}

export interface PreviewProps {
  readonly preview: Preview;
  readonly frame: NetworkFrame;
}

/** The picture where the network shows one of its size. */
export function fitting(image: PreviewImage, { picture: { least } }: NetworkFrame): PreviewImage {
  const isTooSmall = image.kind === 'picture' && least !== null && (image.width < least[0] || image.height < least[1]);
  return isTooSmall ? { kind: 'none' } : image;
}
