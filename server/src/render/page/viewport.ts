import type { PictureSpec } from '../../model/picture-spec.ts';

/** The layout that gives a picture of exactly the spec's pixels. */
export interface Viewport {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly deviceScaleFactor: number;
  /** Device pixels of the picture. */
  readonly pictureWidth: number;
  readonly pictureHeight: number;
}

/** @param viewportWidth `og:plus:viewport:width`; the spec's own width without it. */
export function viewportFor(spec: PictureSpec, viewportWidth: number | undefined): Viewport {
  const pictureWidth = spec.width * spec.scale;
  const pictureHeight = spec.height * spec.scale;
  const width = viewportWidth ?? spec.width;
  const deviceScaleFactor = pictureWidth / width;
  // Never less than the picture: a part of a CSS pixel more at the bottom is cut off.
  const height = Math.ceil(pictureHeight / deviceScaleFactor);
  return { width, height, deviceScaleFactor, pictureWidth, pictureHeight };
}
