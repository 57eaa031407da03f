import sharp, { type Sharp } from 'sharp';
import { isIco, readIco } from './ico.ts';

/** Pixels; the icon is square. */
const iconSize = 64;
const mostPixels = 4_000_000;
// Vector graphics are programs: a filter in a small one takes a core for minutes, which nothing can end.
const formats: readonly string[] = ['png', 'jpeg', 'webp', 'gif', 'heif'];
const timeoutSeconds = 2;

/**
 * An icon as a square PNG, from PNG, JPEG, WebP, GIF, AVIF or a `.ico` file; not from vector graphics.
 * @throws {Error} if it cannot be read.
 */
export async function iconPicture(bytes: Buffer): Promise<Buffer> {
  const picture = isIco(bytes) ? readIco(bytes) : await pixelsOf(bytes);
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  return picture
    .resize({ width: iconSize, height: iconSize, fit: 'contain', background })
    .timeout({ seconds: timeoutSeconds })
    .png({ compressionLevel: 9 })
    .toBuffer();
}

async function pixelsOf(bytes: Buffer): Promise<Sharp> {
  const picture = sharp(bytes, { limitInputPixels: mostPixels });
  if (!formats.includes((await picture.metadata()).format)) throw new Error('It has no pixels.');
  return picture;
}
