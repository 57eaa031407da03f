import sharp, { type Sharp } from 'sharp';

const [headerBytes, entryBytes, bitmapHeaderBytes] = [6, 16, 40];
const mostEntries = 64;
const pngMagic = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

/** Whether the bytes are a file of Windows icons, which sharp does not read. */
export function isIco(bytes: Buffer): boolean {
  return bytes.length > headerBytes && bytes.readUInt32LE(0) === 0x0001_0000;
}

/**
 * The largest picture in a `.ico` file: PNG, or a bitmap of 1, 4, 8, 24 or 32 bits for each pixel with its mask.
 * @throws {Error} for anything else.
 */
export function readIco(bytes: Buffer): Sharp {
  const count = Math.min(bytes.readUInt16LE(4), mostEntries);
  const entries = Array.from({ length: count }, (_, nth) => {
    const at = headerBytes + nth * entryBytes;
    // 0 stands for 256.
    return { width: bytes[at] || 256, bits: bytes.readUInt16LE(at + 6), start: bytes.readUInt32LE(at + 12) };
  });
  const [best] = entries.toSorted((a, b) => b.width - a.width || b.bits - a.bits);
  if (best === undefined) throw new Error('It has no pictures.');
  const picture = bytes.subarray(best.start);
  return picture.subarray(0, 4).equals(pngMagic) ? sharp(picture, { limitInputPixels: 1_000_000 }) : bitmap(picture);
}

/** A device-independent bitmap: rows from the bottom, each padded to 4 bytes; then a mask of one bit for each pixel. */
function bitmap(bytes: Buffer): Sharp {
  const [width, height] = [bytes.readInt32LE(4), bytes.readInt32LE(8) / 2];
  const [bits, compression] = [bytes.readUInt16LE(14), bytes.readUInt32LE(16)];
  const isSound = width > 0 && width <= 256 && Number.isInteger(height) && height > 0 && height <= 256;
  if (!isSound || compression !== 0 || ![1, 4, 8, 24, 32].includes(bits)) throw new Error('Its bitmap cannot be read.');
  const colours = bits > 8 ? 0 : bytes.readUInt32LE(32) || 2 ** bits;
  const palette = bytes.readUInt32LE(0);
  const pixels = palette + colours * 4;
  const [rowBytes, maskRowBytes] = [rowLength(width * bits), rowLength(width)];
  const mask = pixels + rowBytes * height;
  if (palette < bitmapHeaderBytes || bytes.length < mask) throw new Error('Its bitmap is cut off.');
  const raw = Buffer.alloc(width * height * 4);
  let isOpaqueAnywhere = false;
  for (let y = 0; y < height; y++) {
    const row = pixels + (height - 1 - y) * rowBytes;
    const maskRow = mask + (height - 1 - y) * maskRowBytes;
    for (let x = 0; x < width; x++) {
      const at = bits > 8 ? row + (x * bits) / 8 : palette + 4 * bitsAt(bytes, row, x, bits);
      const isMasked = maskRow + maskRowBytes <= bytes.length && bitsAt(bytes, maskRow, x, 1) === 1;
      const alpha = bits === 32 ? (bytes[at + 3] ?? 0) : isMasked ? 0 : 255;
      isOpaqueAnywhere ||= alpha > 0;
      raw.set([bytes[at + 2] ?? 0, bytes[at + 1] ?? 0, bytes[at] ?? 0, alpha], (y * width + x) * 4);
    }
  }
  // Old programs leave the fourth byte of each pixel empty.
  if (!isOpaqueAnywhere && bits === 32) for (let at = 3; at < raw.length; at += 4) raw[at] = 255;
  return sharp(raw, { raw: { width, height, channels: 4 } });
}

const rowLength = (bits: number) => Math.ceil(bits / 32) * 4;

function bitsAt(bytes: Buffer, row: number, x: number, bits: number): number {
  const byte = bytes[row + Math.floor((x * bits) / 8)] ?? 0;
  return (byte >> (8 - bits - ((x * bits) % 8))) & (2 ** bits - 1);
}
