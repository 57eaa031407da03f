import { createHash } from 'node:crypto';
import sharp, { type Metadata } from 'sharp';
import type { Picture } from '../model/picture.ts';

// As large as the generic card, and light enough for every network.
const [width, height] = [2400, 1260];
const mostBytes = 300_000;
// Smaller ones would be nothing but blur.
const least = { width: 200, height: 105 };
// More than any camera takes; each takes four bytes of memory, and some time.
const mostPixels = 100_000_000;

/**
 * The picture that a website sends in place of an error, out of one that its owner gave: in the card's shape, cut at its
 * edges where it has another, and in a format that every network reads.
 * @throws {Error} with a sentence, where it is no picture.
 */
export async function makeFallbackPicture(given: Uint8Array): Promise<{ picture: Picture; bytes: Buffer }> {
  const found = await headOf(given);
  if (found?.format !== 'png' && found?.format !== 'jpeg' && found?.format !== 'webp') {
    throw new Error('The fallback picture must be a PNG, a JPEG or a WebP.');
  }
  if (found.width < least.width || found.height < least.height) {
    throw new Error(`The fallback picture must have ${least.width} × ${least.height} pixels at least.`);
  }
  if (found.width * found.height > mostPixels) {
    throw new Error(`The fallback picture must have ${mostPixels / 1_000_000} million pixels at most.`);
  }
  try {
    return await made(given, found.format);
  } catch {
    throw new Error('The fallback picture cannot be read to its end: it is cut off or damaged.');
  }
}

async function made(given: Uint8Array, format: string): Promise<{ picture: Picture; bytes: Buffer }> {
  const card = sharp(given).rotate().resize({ width, height, fit: 'cover' }).flatten({ background: 'white' });
  const lossless = format === 'jpeg' ? undefined : await card.clone().png({ palette: false }).toBuffer();
  const isLight = lossless !== undefined && lossless.length <= mostBytes;
  const bytes = isLight ? lossless : await card.jpeg({ quality: 82 }).toBuffer();
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { picture: { hash, type: isLight ? 'image/png' : 'image/jpeg', size: bytes.length, width, height }, bytes };
}

async function headOf(given: Uint8Array): Promise<Metadata | undefined> {
  try {
    return await sharp(given).metadata();
  } catch {
    return undefined; // no picture at all
  }
}
