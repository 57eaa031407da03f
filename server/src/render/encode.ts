import sharp, { type Sharp } from 'sharp';
import type { ByteLimits, PictureType } from '../model/picture.ts';
import type { PictureSpec } from '../model/picture-spec.ts';
import { Problem } from '../model/problem.ts';
import { jpegQuality, type Shot } from './page/capture.ts';
import type { Viewport } from './page/viewport.ts';

export interface Encoded {
  readonly bytes: Buffer;
  readonly type: PictureType;
  /** Null where no limit speaks for it: it is what was left. */
  readonly limits: ByteLimits | null;
}

export type Colour = readonly [red: number, green: number, blue: number];

export interface EncodeOptions {
  readonly spec: PictureSpec;
  readonly viewport: Viewport;
  /** Whether the picture is made of areas of one colour, lines and text. */
  readonly flat: boolean;
  /** What a shot of one element stands on, where it has not the spec's shape; undefined for a shot of the viewport. */
  readonly background: Colour | undefined;
  /** Device pixels of it that stay free around such a shot. */
  readonly room: number;
}

// An encoding takes a tenth of a second; one that is not done by then is nobody's any more (workers/deadline.ts).
const encodeSeconds = 10;

// Down to here nobody sees it at two device pixels for each of CSS; below it only who would get nothing otherwise.
const goodQuality = 70;
const leastQuality = 10;

/**
 * The picture in exactly the spec's pixels, in a format it reads: lossless for flat design, lossy for the rest; under
 * `soft` bytes unless that would show, and never over `max`.
 * @throws {Problem} `render-failed` where nothing brings it under `max`.
 */
export async function encode(shot: Shot, options: EncodeOptions): Promise<Encoded> {
  const { spec } = options;
  const aim = byteLimit(spec);
  const asIs = spec.formats.includes(shot.type) && (await isWhole(shot, options));
  if (asIs && shot.bytes.length <= aim) return { ...shot, limits: { least: shot.bytes.length, below: null } };

  const picture = fitted(shot, options);
  let smallest: Encoded | undefined = asIs ? { ...shot, limits: null } : undefined;
  for (const attempt of attempts(picture, shot, asIs, options)) {
    const encoded: Encoded = { bytes: await attempt.picture.toBuffer(), type: attempt.type, limits: null };
    const { length } = encoded.bytes;
    if (length <= aim) return { ...encoded, limits: { least: length, below: smallest?.bytes.length ?? null } };
    smallest = smallest !== undefined && smallest.bytes.length <= length ? smallest : encoded;
    if (smallest.bytes.length <= spec.max && attempt.showsBelow) return smallest;
  }
  if (smallest !== undefined && smallest.bytes.length <= spec.max) return smallest;
  throw new Problem('render-failed', `The card does not fit into the ${spec.max} bytes that its reader takes.`);
}

/** The bytes that a picture is brought under where that does not show. */
export function byteLimit({ soft, max }: PictureSpec): number {
  return Math.min(soft, max);
}

/** The formats that pictures for the spec come in: lossless, lossy. */
export function formatsFor({ formats }: PictureSpec): {
  lossless: PictureType | undefined;
  lossy: PictureType | undefined;
} {
  return {
    lossless: formats.find((type) => type === 'image/png'),
    lossy: formats.find((type) => type !== 'image/png'),
  };
}

export function readsJpeg(spec: PictureSpec): boolean {
  return spec.formats.includes('image/jpeg');
}

/** Whether the shot is the picture: the viewport, in exactly its pixels. */
async function isWhole(shot: Shot, { viewport, background }: EncodeOptions): Promise<boolean> {
  if (background !== undefined) return false;
  // Whole device pixels for each CSS pixel: the shot is as large as it was asked for.
  if (Number.isInteger(viewport.deviceScaleFactor)) return true;
  const found = await sharp(shot.bytes).metadata();
  return found.width === viewport.pictureWidth && found.height === viewport.pictureHeight;
}

function fitted({ bytes }: Shot, { viewport, background, room }: EncodeOptions): Sharp {
  const { pictureWidth: width, pictureHeight: height } = viewport;
  // A page laid out at an odd width can be a part of a pixel higher than its picture.
  if (background === undefined) return bounded(bytes).resize({ width, height, fit: 'cover', position: 'top' });
  // As `object-fit: contain`: whole, in the middle, never stretched.
  const [r, g, b] = background;
  return bounded(bytes)
    .flatten({ background: { r, g, b } })
    .resize({ width: width - 2 * room, height: height - 2 * room, fit: 'contain', background: { r, g, b } })
    .extend({ top: room, bottom: room, left: room, right: room, background: { r, g, b } });
}

function bounded(bytes: Buffer): Sharp {
  return sharp(bytes).timeout({ seconds: encodeSeconds });
}

interface Attempt {
  readonly picture: Sharp;
  readonly type: PictureType;
  /** What comes after it looks worse: it is not tried for the sake of `soft`. */
  readonly showsBelow: boolean;
}

/** The encodings to try, the best first. */
function* attempts(picture: Sharp, shot: Shot, asIs: boolean, { spec, flat }: EncodeOptions): Generator<Attempt> {
  const { lossless, lossy } = formatsFor(spec);
  if (lossless !== undefined && (flat || lossy === undefined)) {
    yield { picture: picture.clone().png(), type: lossless, showsBelow: lossy === undefined };
  }
  if (lossy === undefined) return;
  // From a JPEG nothing is won by keeping more colour than it has; text on flat ground needs all of it.
  const chromaSubsampling = shot.type === 'image/png' ? '4:4:4' : '4:2:0';
  const first = asIs && shot.type === lossy ? jpegQuality - 10 : jpegQuality;
  for (let quality = first; quality >= leastQuality; quality -= 10) {
    const encoded =
      lossy === 'image/webp' ? picture.clone().webp({ quality }) : picture.clone().jpeg({ quality, chromaSubsampling });
    yield { picture: encoded, type: lossy, showsBelow: quality <= goodQuality };
  }
}
