import type { Protocol } from 'devtools-protocol';
import { type Milliseconds, milliseconds } from '../../../model/units.ts';
import { screenScale } from '../../browser/process/browser-flags.ts';
import { ofAScreen } from '../clock/frames.ts';
import type { Page } from '../page.ts';
import type { Viewport } from '../viewport.ts';

// A capture takes a tenth of a second; captures that never return are a known fault of Chromium.
export const captureDeadline = milliseconds(5000);
// A page that was not ready in time may compute for ever, and then can never be captured.
const lateDeadline = milliseconds(2000);

// Text edges stay clean at this quality; lower ones are visible, higher ones double the bytes.
export const jpegQuality = 90;

/** CSS pixels from the document's upper left corner. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Chromium's own JPEG, or PNG: which one it encodes twice as fast depends on the picture. */
export interface Shot {
  readonly bytes: Buffer;
  readonly type: 'image/jpeg' | 'image/png';
}

export interface CaptureOptions {
  readonly viewport: Viewport;
  readonly lossless: boolean;
  /** A part of the page, inside the viewport or not: captured losslessly, as large as fits the picture. */
  readonly box: Box | undefined;
  /** Device pixels of margin on each side of the box. */
  readonly room: number;
  /** Whether the page has responded so far. */
  readonly isResponsive: boolean;
}

/** Captures what the page shows now. */
export async function capture(
  page: Page,
  { viewport, lossless, box, room, isResponsive }: CaptureOptions,
): Promise<Shot> {
  const png = lossless || box !== undefined;
  const format = png ? ({ format: 'png' } as const) : ({ format: 'jpeg', quality: jpegQuality } as const);
  const options = { ...format, optimizeForSpeed: true };
  const deadline = isResponsive ? captureDeadline : lateDeadline;
  const isWhole = box === undefined && viewport.deviceScaleFactor === screenScale && !page.hasIframes;
  const data =
    (isWhole ? await page.frames?.screenshot(options, deadline) : undefined) ??
    (await copySurface(
      page,
      { ...options, ...(box && { clip: clipOf(box, room, viewport), captureBeyondViewport: true }) },
      deadline,
    ));
  return { bytes: Buffer.from(data, 'base64'), type: png ? 'image/png' : 'image/jpeg' };
}

/** Any part of the page at any scale: rendered again, and copied from a later frame. */
async function copySurface(
  page: Page,
  params: Protocol.Page.CaptureScreenshotRequest,
  deadline: Milliseconds,
): Promise<string> {
  const stop = page.frames?.run({ interval: page.hasIframes ? ofAScreen : milliseconds(1), display: true });
  try {
    return (await page.send('Page.captureScreenshot', params, deadline)).data;
  } finally {
    stop?.();
  }
}

/**
 * The area to capture of a part of the page, and its scale, so that it just fits inside the picture. Its edges seldom fall
 * between two pixels of the picture: pixels that it shares with its surroundings are left out.
 */
function clipOf({ x, y, width, height }: Box, room: number, viewport: Viewport) {
  const { pictureWidth, pictureHeight, deviceScaleFactor } = viewport;
  const fit = Math.min((pictureWidth - 2 * room) / width, (pictureHeight - 2 * room) / height);
  const scale = fit / deviceScaleFactor;
  const shared = 1 / (deviceScaleFactor * scale);
  const left = Math.ceil(x * deviceScaleFactor) / deviceScaleFactor + shared;
  const top = Math.ceil(y * deviceScaleFactor) / deviceScaleFactor + shared;
  const right = Math.floor((x + width) * deviceScaleFactor) / deviceScaleFactor - shared;
  const bottom = Math.floor((y + height) * deviceScaleFactor) / deviceScaleFactor - shared;
  return { x: left, y: top, width: Math.max(shared, right - left), height: Math.max(shared, bottom - top), scale };
}
