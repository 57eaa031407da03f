import sharp, { type Sharp } from 'sharp';
import { Failure } from '../errors.ts';
import type { PictureType } from '../store/store.ts';
import { jpegQuality } from './capture.ts';
import type { Frame } from './renderer.ts';
import type { Viewport } from './viewport.ts';

const leastQuality = 10;

export interface Encoded {
  readonly bytes: Buffer;
  readonly type: PictureType;
}

export type Colour = readonly [red: number, green: number, blue: number];

/**
 * The picture in exactly the frame's pixels, in a format it reads and under its limit.
 * @param background what a shot of one element stands on, where it does not have the frame's shape; undefined for a
 * shot of the viewport.
 * @throws {Failure} `render-failed` where nothing brings it under the limit.
 */
export async function encode(shot: Buffer, frame: Frame, viewport: Viewport, background?: Colour): Promise<Encoded> {
  const { pictureWidth: width, pictureHeight: height } = viewport;
  const jpeg = frame.formats.includes('image/jpeg');
  const [type = 'image/png'] = jpeg ? (['image/jpeg'] as const) : frame.formats;
  // Whole device pixels for each CSS pixel: the shot is as large as it was asked for.
  const exact = Number.isInteger(viewport.deviceScaleFactor) || (await hasSize(shot, width, height));
  if (background === undefined && exact && jpeg && shot.length <= frame.max) return { bytes: shot, type };

  const fitted = background === undefined ? filled(shot, width, height) : contained(shot, width, height, background);
  for (const format of attempts(fitted, type)) {
    const bytes = await format.toBuffer();
    if (bytes.length <= frame.max) return { bytes, type };
  }
  throw new Failure('render-failed', `The card does not fit into the ${frame.max} bytes that its reader takes.`);
}

/** A page laid out at an odd width can be a part of a pixel higher than its picture. */
function filled(shot: Buffer, width: number, height: number): Sharp {
  return sharp(shot).resize({ width, height, fit: 'cover', position: 'top' });
}

/** As `object-fit: contain`: whole, in the middle, never stretched. */
function contained(shot: Buffer, width: number, height: number, [r, g, b]: Colour): Sharp {
  const background = { r, g, b };
  return sharp(shot).flatten({ background }).resize({ width, height, fit: 'contain', background });
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
  for (let quality = jpegQuality; quality >= leastQuality; quality -= 10) {
    yield type === 'image/webp' ? picture.clone().webp({ quality }) : picture.clone().jpeg({ quality });
  }
}
