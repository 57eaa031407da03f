import type { Frame } from './renderer.ts';

/** How a page is laid out so that its picture has exactly the frame's pixels. */
export interface Viewport {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly deviceScaleFactor: number;
  /** Device pixels of the picture. */
  readonly pictureWidth: number;
  readonly pictureHeight: number;
}

/** @param viewportWidth `og:plus:viewport:width`; the frame's own width without it. */
export function viewportFor(frame: Frame, viewportWidth: number | undefined): Viewport {
  const pictureWidth = frame.width * frame.scale;
  const pictureHeight = frame.height * frame.scale;
  const width = viewportWidth ?? frame.width;
  const deviceScaleFactor = pictureWidth / width;
  // Never less than the picture: a part of a CSS pixel more at the bottom is cut off.
  const height = Math.ceil(pictureHeight / deviceScaleFactor);
  return { width, height, deviceScaleFactor, pictureWidth, pictureHeight };
}
