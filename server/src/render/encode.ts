import sharp, { type Sharp } from 'sharp';
import type { ByteLimits, PictureType } from '../model/picture.ts';
import type { PictureSpec } from '../model/picture-spec.ts';
import { Problem } from '../model/problem.ts';
import { jpegQuality, type Shot } from './page/capture/capture.ts';
import type { Viewport } from './page/viewport.ts';

export interface Encoded {
  readonly bytes: Buffer;
  readonly type: PictureType;
  /** Null if no other limit gives this file: nothing better fitted. */
  readonly limits: ByteLimits | null;
}

type Colour = readonly [red: number, green: number, blue: number];

export interface EncodeOptions {
  readonly spec: PictureSpec;
  readonly viewport: Viewport;
  /** Whether the picture consists of areas of one colour, lines and text. */
  readonly flat: boolean;
  /** The colour around a shot of one element that has another shape than the spec; undefined for a shot of the viewport. */
  readonly background: Colour | undefined;
  /** Device pixels of margin around such a shot. */
  readonly room: number;
}

// Encoding takes a tenth of a second; after this time the render is over anyway (workers/deadline.ts).
const encodeSeconds = 10;

// Above this, loss is invisible at two device pixels per CSS pixel; below it only if nothing else fits.
const goodQuality = 70;
const leastQuality = 10;

// A PNG is encoded again only to fit: at this level it takes three quarters of the time of sharp's own, 6, and is 4 to 9 % larger.
const fastLevel = 4;
const smallLevel = 6;
const mostSaved = 1.09;

/**
 * The picture in exactly the spec's pixels and a format it accepts: lossless for flat design, lossy for the rest; under
 * `soft` bytes unless that would be visible, and never over `max`.
 * @throws {Problem} `render-failed` if nothing fits under `max`.
 */
export async function encode(shot: Shot, options: EncodeOptions): Promise<Encoded> {
  const { spec } = options;
  const aim = byteLimit(spec);
  const asIs = spec.formats.includes(shot.type) && (await isWhole(shot, options));
  if (asIs && shot.bytes.length <= aim) return { ...shot, limits: { least: shot.bytes.length, below: null } };

  const picture = fitted(shot, options);
  let smallest: Encoded | undefined = asIs ? { ...shot, limits: null } : undefined;
  for (const attempt of attempts(picture, shot, asIs, options)) {
    if (attempt.saves !== undefined && smallest !== undefined && smallest.bytes.length > aim * attempt.saves) continue;
    const encoded: Encoded = { bytes: await attempt.picture.toBuffer(), type: attempt.type, limits: null };
    const { length } = encoded.bytes;
    if (length <= aim) return { ...encoded, limits: { least: length, below: smallest?.bytes.length ?? null } };
    smallest = smallest !== undefined && smallest.bytes.length <= length ? smallest : encoded;
    if (smallest.bytes.length <= spec.max && attempt.showsBelow) return smallest;
  }
  if (smallest !== undefined && smallest.bytes.length <= spec.max) return smallest;
  throw new Problem('render-failed', `The card does not fit into ${spec.max} bytes, the network's limit.`);
}

/** The byte limit that a picture should meet, unless that would be visible. */
export function byteLimit({ soft, max }: PictureSpec): number {
  return Math.min(soft, max);
}

/** The spec's formats for pictures: lossless, lossy. */
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
  // A whole number of device pixels per CSS pixel: the shot has the requested size.
  if (Number.isInteger(viewport.deviceScaleFactor)) return true;
  const found = await sharp(shot.bytes).metadata();
  return found.width === viewport.pictureWidth && found.height === viewport.pictureHeight;
}

function fitted({ bytes }: Shot, { viewport, background, room }: EncodeOptions): Sharp {
  const { pictureWidth: width, pictureHeight: height } = viewport;
  // A page laid out at an odd width can be a fraction of a pixel higher than its picture.
  if (background === undefined) return bounded(bytes).resize({ width, height, fit: 'cover', position: 'top' });
  // Like `object-fit: contain`: whole, centred, never stretched.
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
  /** Whether later attempts look worse: they are not made only to meet `soft`. */
  readonly showsBelow: boolean;
  /** How many times smaller it can be than the one before: not made where that does not suffice. */
  readonly saves?: number;
}

/** The encodings to try, best first. */
function* attempts(picture: Sharp, shot: Shot, asIs: boolean, { spec, flat }: EncodeOptions): Generator<Attempt> {
  const { lossless, lossy } = formatsFor(spec);
  if (lossless !== undefined && (flat || lossy === undefined)) {
    const png = (compressionLevel: number) => ({ picture: picture.clone().png({ compressionLevel }), type: lossless });
    yield { ...png(fastLevel), showsBelow: false };
    yield { ...png(smallLevel), showsBelow: lossy === undefined, ...(lossy !== undefined && { saves: mostSaved }) };
  }
  if (lossy === undefined) return;
  // Full chroma gains nothing from a JPEG shot; text on flat ground needs it.
  const chromaSubsampling = shot.type === 'image/png' ? '4:4:4' : '4:2:0';
  const first = asIs && shot.type === lossy ? jpegQuality - 10 : jpegQuality;
  for (let quality = first; quality >= leastQuality; quality -= 10) {
    const encoded =
      lossy === 'image/webp' ? picture.clone().webp({ quality }) : picture.clone().jpeg({ quality, chromaSubsampling });
    yield { picture: encoded, type: lossy, showsBelow: quality <= goodQuality };
  }
}
