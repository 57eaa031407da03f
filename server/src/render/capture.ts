import sharp, { type Sharp } from 'sharp';
import { Failure } from '../errors.ts';
import type { PictureType } from '../store/store.ts';
import { milliseconds } from '../units.ts';
import type { Page } from './page.ts';
import type { Frame } from './renderer.ts';
import type { Viewport } from './viewport.ts';

// Text edges stay clean at this quality; lower ones show, higher ones double the bytes.
const quality = 90;
const leastQuality = 10;
// A picture takes a tenth of a second; captures that never return are a known fault of Chromium.
export const captureDeadline = milliseconds(5000);

export interface Capture {
  readonly bytes: Buffer;
  readonly type: PictureType;
}

/** What the page shows now, as Chromium encodes it: JPEG for who reads it, PNG for the others. */
export async function capture(page: Page, frame: Frame): Promise<Buffer> {
  const jpeg = { format: 'jpeg', quality } as const;
  const { data } = await page.send(
    'Page.captureScreenshot',
    { ...(readsJpeg(frame) ? jpeg : { format: 'png' }), optimizeForSpeed: true, captureBeyondViewport: false },
    captureDeadline,
  );
  return Buffer.from(data, 'base64');
}

/**
 * The picture in exactly the frame's pixels, in a format it reads and under its limit.
 * @throws {Failure} `render-failed` where nothing brings it under the limit.
 */
export async function encode(shot: Buffer, frame: Frame, viewport: Viewport): Promise<Capture> {
  const { pictureWidth: width, pictureHeight: height } = viewport;
  // Whole device pixels for each CSS pixel: the shot is as large as it was asked for.
  const exact = Number.isInteger(viewport.deviceScaleFactor) || (await hasSize(shot, width, height));
  const [type = 'image/png'] = readsJpeg(frame) ? (['image/jpeg'] as const) : frame.formats;
  if (exact && type === 'image/jpeg' && shot.length <= frame.max) return { bytes: shot, type };

  // A page laid out at an odd width can be a part of a pixel higher than its picture.
  const fitted = exact ? sharp(shot) : sharp(shot).resize({ width, height, fit: 'cover', position: 'top' });
  for (const format of attempts(fitted, type)) {
    const bytes = await format.toBuffer();
    if (bytes.length <= frame.max) return { bytes, type };
  }
  throw new Failure('render-failed', `The card does not fit into the ${frame.max} bytes that its reader takes.`);
}

async function hasSize(shot: Buffer, width: number, height: number): Promise<boolean> {
  const found = await sharp(shot).metadata();
  return found.width === width && found.height === height;
}

/** The encodings to try, the best first. */
function* attempts(picture: Sharp, type: PictureType): Generator<Sharp> {
  if (type === 'image/png') {
    yield picture.clone().png(); // it has no quality to lower
    return;
  }
  for (let q = quality; q >= leastQuality; q -= 10) {
    yield type === 'image/webp' ? picture.clone().webp({ quality: q }) : picture.clone().jpeg({ quality: q });
  }
}

function readsJpeg(frame: Frame): boolean {
  return frame.formats.includes('image/jpeg');
}
