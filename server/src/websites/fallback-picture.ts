import sharp, { type Metadata } from 'sharp';
import type { Picture } from '../model/picture.ts';
import { pictureHash } from '../model/picture-hash.ts';

// As large as the generic card, and light enough for every network.
const [width, height] = [2400, 1260];
const mostBytes = 300_000;
// Smaller ones would look blurred.
const least = { width: 200, height: 105 };
// More than any camera has; each pixel takes four bytes of memory, and some time.
const mostPixels = 100_000_000;

/**
 * The fallback picture, made from the owner's: scaled and cropped to the card's shape, in a format that every network reads.
 * @throws {Error} with a readable message if it is not a usable picture.
 */
export async function makeFallbackPicture(given: Uint8Array): Promise<{ picture: Picture; bytes: Buffer }> {
  const found = await headOf(given);
  if (found?.format !== 'png' && found?.format !== 'jpeg' && found?.format !== 'webp') {
    throw new Error('The fallback picture must be a PNG, a JPEG or a WebP.');
  }
  if (found.width < least.width || found.height < least.height) {
    throw new Error(`The fallback picture must have at least ${least.width} × ${least.height} pixels.`);
  }
  if (found.width * found.height > mostPixels) {
    throw new Error(`The fallback picture must have at most ${mostPixels / 1_000_000} million pixels.`);
  }
  try {
    return await made(given, found.format);
  } catch {
    throw new Error('The fallback picture is incomplete or damaged.');
  }
}

async function made(given: Uint8Array, format: string): Promise<{ picture: Picture; bytes: Buffer }> {
  const card = sharp(given).rotate().resize({ width, height, fit: 'cover' }).flatten({ background: 'white' });
  const lossless = format === 'jpeg' ? undefined : await card.clone().png({ palette: false }).toBuffer();
  const isLight = lossless !== undefined && lossless.length <= mostBytes;
  const bytes = isLight ? lossless : await card.jpeg({ quality: 82 }).toBuffer();
  const hash = pictureHash(bytes);
  return { picture: { hash, type: isLight ? 'image/png' : 'image/jpeg', size: bytes.length, width, height }, bytes };
}

async function headOf(given: Uint8Array): Promise<Metadata | undefined> {
  try {
    return await sharp(given).metadata();
  } catch {
    return undefined; // not a picture
  }
}
