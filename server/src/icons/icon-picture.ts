import sharp from 'sharp';
import { isIco, readIco } from './ico.ts';

/** Pixels; the icon is square. */
export const iconSize = 64;
const mostPixels = 4_000_000;
const timeoutSeconds = 2;

/**
 * An icon as a square PNG, whatever it was: vector graphics are drawn, so that no script or link of theirs is sent on.
 * @throws {Error} if it cannot be read.
 */
export async function iconPicture(bytes: Buffer): Promise<Buffer> {
  const picture = isIco(bytes) ? readIco(bytes) : sharp(bytes, { limitInputPixels: mostPixels, density: 144 });
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  return picture
    .resize({ width: iconSize, height: iconSize, fit: 'contain', background })
    .timeout({ seconds: timeoutSeconds })
    .png({ compressionLevel: 9 })
    .toBuffer();
}
