import { milliseconds } from '../units.ts';
import type { Page } from './page.ts';
import type { Frame } from './renderer.ts';
import type { Viewport } from './viewport.ts';

// A picture takes a tenth of a second; captures that never return are a known fault of Chromium.
export const captureDeadline = milliseconds(5000);

// Text edges stay clean at this quality; lower ones show, higher ones double the bytes.
export const jpegQuality = 90;

/** CSS pixels from the document's upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * What the page shows now, as Chromium encodes it: JPEG for who reads it, PNG for the others.
 * @param box a part of the page, inside the viewport or not: drawn as large as fits the picture, as PNG.
 */
export async function capture(page: Page, frame: Frame, viewport: Viewport, box?: Box): Promise<Buffer> {
  const jpeg = { format: 'jpeg', quality: jpegQuality } as const;
  const format = box === undefined && frame.formats.includes('image/jpeg') ? jpeg : ({ format: 'png' } as const);
  const clip = box && { ...box, scale: fit(box, viewport) };
  const params = { ...format, ...(clip && { clip }), optimizeForSpeed: true, captureBeyondViewport: box !== undefined };
  const { data } = await page.send('Page.captureScreenshot', params, captureDeadline);
  return Buffer.from(data, 'base64');
}

/** By how much a part of the page grows to touch the picture's edges from within, beside what it is drawn at anyway. */
function fit(box: Box, { pictureWidth, pictureHeight, deviceScaleFactor }: Viewport): number {
  return Math.min(pictureWidth / box.width, pictureHeight / box.height) / deviceScaleFactor;
}
