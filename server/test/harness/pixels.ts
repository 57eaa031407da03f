import sharp from 'sharp';

export type Colour = readonly [red: number, green: number, blue: number];

/** The colour of one pixel of an encoded picture. */
export async function pixel(picture: Buffer, x: number, y: number): Promise<Colour> {
  const { data } = await sharp(picture)
    .removeAlpha()
    .extract({ left: x, top: y, width: 1, height: 1 })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return [data[0] ?? 0, data[1] ?? 0, data[2] ?? 0];
}

/** Whether two colours are the same but for what JPEG takes off a flat surface. */
export function isClose(a: Colour, b: Colour): boolean {
  return a.every((value, index) => Math.abs(value - (b[index] ?? 0)) <= 6);
}
