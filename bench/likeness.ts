import { createRequire } from 'node:module';
import sharp, { type Sharp } from 'sharp';
import { pathOf } from './processes.ts';

interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

interface Matrix {
  readonly data: readonly number[];
  readonly width: number;
  readonly height: number;
}

type Ssim = (a: Pixels, b: Pixels, options: { downsample: 'fast' | false }) => { mssim: number; ssim_map: Matrix };

// Loaded when it is first used: its packages are installed by the benchmarks alone.
const ssim: Ssim = (...given) =>
  (createRequire(pathOf('./peers/package.json'))('ssim.js') as { ssim: Ssim }).ssim(...given);

/** How like two pictures are. */
export interface Likeness {
  /** Mean SSIM; 1 is the same. */
  readonly mean: number;
  /** The same of the part that is least like: a part is a 16th of the width and a 9th of the height. */
  readonly worst: number;
  /** The largest difference of a part's mean colour, 0 to 255. SSIM does not see colours. */
  readonly colour: number;
}

const columns = 16;
const rows = 9;

export async function likeness(picture: Buffer, original: Buffer): Promise<Likeness> {
  const [a, b] = await Promise.all([shrunken(picture), shrunken(original)]);
  const [c, d] = await Promise.all([colours(a), colours(b)]);
  const { mssim, ssim_map: map } = ssim(a, b, { downsample: false });
  const colour = c.reduce((most, value, n) => Math.max(most, Math.abs(value - (d[n] ?? 0))), 0);
  return { mean: mssim, worst: Math.min(...parts(map)), colour };
}

/** The mean of each part of the map. */
function parts({ data, width, height }: Matrix): number[] {
  const sums = new Array<number>(columns * rows).fill(0);
  const counts = new Array<number>(columns * rows).fill(0);
  data.forEach((value, at) => {
    const column = Math.floor(((at % width) * columns) / width);
    const part = Math.floor((Math.floor(at / width) * rows) / height) * columns + column;
    sums[part] = (sums[part] ?? 0) + value;
    counts[part] = (counts[part] ?? 0) + 1;
  });
  return sums.map((sum, part) => sum / (counts[part] ?? 1));
}

/** Mean SSIM of two pictures of any size; 1 is the same. */
export async function meanSsim(picture: Buffer, original: Buffer): Promise<number> {
  const [a, b] = await Promise.all([pixels(sharp(picture)), pixels(sharp(original))]);
  return ssim(a, b, { downsample: 'fast' }).mssim;
}

// As large as pictures are shown in a feed. SSIM looks at eleven pixels at a time, which are some letters then.
function shrunken(picture: Buffer): Promise<Pixels> {
  return pixels(sharp(picture).resize(600, 315, { fit: 'fill' }));
}

async function pixels(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** The mean colour of each part. */
async function colours({ data, width, height }: Pixels): Promise<Buffer> {
  const decoded = sharp(data, { raw: { width, height, channels: 4 } }).removeAlpha();
  return decoded.resize(columns, rows, { fit: 'fill', kernel: 'linear' }).raw().toBuffer();
}
