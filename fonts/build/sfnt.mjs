// The container that TrueType fonts come in (OpenType, "Organization of an OpenType Font").

/**
 * The tables of a font.
 * @param {Buffer} font
 * @returns {Map<string, Buffer>} by tag; views of the font, not copies.
 */
export function tablesOf(font) {
  const tables = new Map();
  for (let record = 12; record < 12 + 16 * font.readUInt16BE(4); record += 16) {
    const [offset, length] = [font.readUInt32BE(record + 8), font.readUInt32BE(record + 12)];
    tables.set(font.toString('latin1', record, record + 4), font.subarray(offset, offset + length));
  }
  return tables;
}

/**
 * A font of these tables.
 * @param {Map<string, Buffer>} tables
 * @returns {Buffer}
 */
export function fontOf(tables) {
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const size = 2 ** Math.floor(Math.log2(sorted.length));
  const head = Buffer.alloc(12 + 16 * sorted.length);
  head.writeUInt32BE(0x00010000, 0);
  for (const [at, value] of [sorted.length, 16 * size, Math.log2(size), 16 * (sorted.length - size)].entries())
    head.writeUInt16BE(value, 4 + 2 * at);
  const parts = [head];
  let offset = head.length;
  for (const [index, [tag, table]] of sorted.entries()) {
    const record = 12 + 16 * index;
    if (tag === 'head') table.writeUInt32BE(0, 8); // the sum of all, which it is no part of
    head.write(tag, record, 'latin1');
    head.writeUInt32BE(sumOf(table), record + 4);
    head.writeUInt32BE(offset, record + 8);
    head.writeUInt32BE(table.length, record + 12);
    parts.push(padded(table));
    offset += parts.at(-1).length;
  }
  const font = Buffer.concat(parts);
  const headAt = head.readUInt32BE(12 + 16 * sorted.findIndex(([tag]) => tag === 'head') + 8);
  font.writeUInt32BE((0xb1b0afba - sumOf(font)) >>> 0, headAt + 8);
  return font;
}

/** @param {Buffer} table followed by zeros up to a multiple of four bytes. */
export function padded(table) {
  return table.length % 4 === 0 ? table : Buffer.concat([table, Buffer.alloc(4 - (table.length % 4))]);
}

/** @param {number[]} values as 16 bits each. */
export function words(...values) {
  const buffer = Buffer.alloc(2 * values.length);
  for (const [index, value] of values.entries()) buffer.writeUInt16BE(value & 0xffff, 2 * index);
  return buffer;
}

/** @param {number[]} values as 32 bits each. */
export function longs(...values) {
  const buffer = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) buffer.writeUInt32BE(value >>> 0, 4 * index);
  return buffer;
}

/**
 * Where each part begins, when the first one does at `start`.
 * @param {Buffer[]} parts @param {number} start
 */
export function offsetsOf(parts, start) {
  let offset = start;
  return parts.map(({ length }) => {
    offset += length;
    return offset - length;
  });
}

function sumOf(table) {
  let sum = 0;
  const whole = table.length - (table.length % 4);
  for (let at = 0; at < whole; at += 4) sum = (sum + table.readUInt32BE(at)) >>> 0;
  if (whole < table.length) sum = (sum + padded(table.subarray(whole)).readUInt32BE(0)) >>> 0;
  return sum;
}
