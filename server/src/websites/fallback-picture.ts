import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { Picture } from '../model/picture.ts';

// As large as the generic card, and light enough for every network.
const [width, height] = [2400, 1260];
const mostBytes = 300_000;

/**
 * The picture that a website sends in place of an error, out of one that its owner gave: in the card's shape, cut at its
 * edges where it has another, and in a format that every network reads.
 * @throws {Error} with a sentence, where it is no picture.
 */
export async function makeFallbackPicture(given: Uint8Array): Promise<{ picture: Picture; bytes: Buffer }> {
  const format = await formatOf(given);
  if (format !== 'png' && format !== 'jpeg' && format !== 'webp') {
    throw new Error('The fallback picture must be a PNG, a JPEG or a WebP.');
  }
  const card = sharp(given).rotate().resize({ width, height, fit: 'cover' }).flatten({ background: 'white' });
  const lossless = format === 'jpeg' ? undefined : await card.clone().png({ palette: false }).toBuffer();
  const isLight = lossless !== undefined && lossless.length <= mostBytes;
  const bytes = isLight ? lossless : await card.jpeg({ quality: 82 }).toBuffer();
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { picture: { hash, type: isLight ? 'image/png' : 'image/jpeg', size: bytes.length, width, height }, bytes };
}

async function formatOf(given: Uint8Array): Promise<string | undefined> {
  try {
    return (await sharp(given).metadata()).format;
  } catch {
    return undefined; // no picture at all
  }
}
