import { mergeCharacters } from './merge-characters.mjs';
import { mergeDefinitions } from './merge-definitions.mjs';
import { mergeLayout } from './merge-layout.mjs';
import { fontOf, longs, padded, tablesOf } from './sfnt.mjs';

// What the slices of a font have in common.
const common = ['BASE', 'OS/2', 'STAT', 'avar', 'fvar', 'gasp', 'name', 'post', 'prep'];
// Everything else that they may have. Widths that vary (`HVAR`) are in the outlines' variations too, and are read there.
const merged = ['GDEF', 'GPOS', 'GSUB', 'HVAR', 'cmap', 'glyf', 'gvar', 'head', 'hhea', 'hmtx', 'loca', 'maxp'];
const known = new Set([...common, ...merged, 'vhea', 'vmtx']);

/**
 * One variable TrueType font of the slices by characters that web fonts come in. The glyphs of each slice follow those of
 * the one before it, those that several slices have included, so that whatever names a glyph is only counted up.
 * @param {Buffer[]} fonts slices of one font.
 * @returns {Buffer}
 * @throws {Error} where a slice holds what this does not know.
 */
export function mergeSlices(fonts) {
  const slices = [];
  let base = 0;
  for (const tables of fonts.map(tablesOf)) {
    const unknown = [...tables.keys()].find((tag) => !known.has(tag));
    if (unknown !== undefined) throw new Error(`A slice of a font has a table ${unknown}, which cannot be joined.`);
    const glyphs = tables.get('maxp').readUInt16BE(4);
    slices.push({ tables, base, glyphs });
    base += glyphs;
  }
  if (base > 0xffff) throw new Error('The slices have more glyphs than a font can have.');

  const [first] = slices;
  const result = new Map();
  for (const tag of common) if (first.tables.has(tag)) result.set(tag, Buffer.from(first.tables.get(tag)));
  mergeRanges(result.get('OS/2'), slices);
  result.set('cmap', mergeCharacters(slices));
  result.set('maxp', mergeMost(slices, base));
  result.set('head', mergeHeads(slices));
  for (const [header, metrics] of [
    ['hhea', 'hmtx'],
    ['vhea', 'vmtx'],
  ]) {
    if (!first.tables.has(header)) continue;
    result.set(header, mergeExtents(slices, header, base));
    result.set(metrics, Buffer.concat(slices.map((slice) => metricsOf(slice, header, metrics))));
  }
  mergeOutlines(result, slices);
  result.set('gvar', mergeOutlineVariations(slices, base));
  const { definitions, outerBases } = mergeDefinitions(slices);
  if (definitions !== undefined) result.set('GDEF', definitions);
  for (const tag of ['GSUB', 'GPOS']) result.set(tag, mergeLayout(slices, tag, outerBases));
  return fontOf(result);
}

/** `OS/2`: bits for the ranges of Unicode that it has something of, and its first and last character. */
function mergeRanges(table, slices) {
  const all = slices.map(({ tables }) => tables.get('OS/2'));
  for (const at of [42, 46, 50, 54])
    table.writeUInt32BE(
      all.reduce((bits, one) => (bits | one.readUInt32BE(at)) >>> 0, 0),
      at,
    );
  table.writeUInt16BE(Math.min(...all.map((one) => one.readUInt16BE(64))), 64);
  table.writeUInt16BE(Math.max(...all.map((one) => one.readUInt16BE(66))), 66);
}

/** `maxp`: the number of glyphs, then sizes of which the largest counts. */
function mergeMost(slices, glyphs) {
  const all = slices.map(({ tables }) => tables.get('maxp'));
  const table = Buffer.from(all[0]);
  for (let at = 6; at < table.length; at += 2)
    table.writeUInt16BE(Math.max(...all.map((one) => one.readUInt16BE(at))), at);
  table.writeUInt16BE(glyphs, 4);
  return table;
}

/** `head`: the box around all glyphs. */
function mergeHeads(slices) {
  const all = slices.map(({ tables }) => tables.get('head'));
  const table = Buffer.from(all[0]);
  for (const [at, most] of [
    [36, Math.min],
    [38, Math.min],
    [40, Math.max],
    [42, Math.max],
  ])
    table.writeInt16BE(most(...all.map((one) => one.readInt16BE(at))), at);
  table.writeInt16BE(1, 50); // long offsets in `loca`
  return table;
}

/** `hhea`, `vhea`: the extents of all glyphs. */
function mergeExtents(slices, tag, glyphs) {
  const all = slices.map(({ tables }) => tables.get(tag));
  const table = Buffer.from(all[0]);
  for (const [at, most] of [
    [10, Math.max],
    [12, Math.min],
    [14, Math.min],
    [16, Math.max],
  ])
    table.writeInt16BE(most(...all.map((one) => one.readInt16BE(at))), at);
  table.writeUInt16BE(glyphs, 34);
  return table;
}

/** `hmtx`, `vmtx` with an advance for each glyph: at the end of a font those that are the same may be left out. */
function metricsOf({ tables, glyphs }, header, metrics) {
  const table = tables.get(metrics);
  const count = tables.get(header).readUInt16BE(34);
  const whole = Buffer.alloc(4 * glyphs);
  table.copy(whole, 0, 0, 4 * count);
  for (let glyph = count; glyph < glyphs; glyph++) {
    table.copy(whole, 4 * glyph, 4 * (count - 1), 4 * (count - 1) + 2);
    table.copy(whole, 4 * glyph + 2, 4 * count + 2 * (glyph - count), 4 * count + 2 * (glyph - count) + 2);
  }
  return whole;
}

/** `glyf` and `loca`: outlines one after the other. */
function mergeOutlines(result, slices) {
  const outlines = [];
  const offsets = [0];
  let start = 0;
  for (const { tables, base, glyphs } of slices) {
    const [table, loca] = [Buffer.from(tables.get('glyf')), tables.get('loca')];
    const isLong = tables.get('head').readInt16BE(50) === 1;
    const offsetOf = (glyph) => (isLong ? loca.readUInt32BE(4 * glyph) : 2 * loca.readUInt16BE(2 * glyph));
    for (let glyph = 0; glyph < glyphs; glyph++) {
      const [at, end] = [offsetOf(glyph), offsetOf(glyph + 1)];
      if (end > at && table.readInt16BE(at) < 0) countUpParts(table, at + 10, base);
      offsets.push(start + end);
    }
    outlines.push(padded(table));
    start += outlines.at(-1).length;
    // What pads a table belongs to its last glyph, or to none.
    if (glyphs > 0) offsets[offsets.length - 1] = start;
  }
  result.set('glyf', Buffer.concat(outlines));
  result.set('loca', longs(...offsets));
}

/** Counts up the glyphs that a composite one is made of. */
function countUpParts(table, from, base) {
  for (let at = from, more = true; more; ) {
    const flags = table.readUInt16BE(at);
    table.writeUInt16BE(table.readUInt16BE(at + 2) + base, at + 2);
    const scale = flags & 0x8 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0;
    at += 4 + (flags & 0x1 ? 4 : 2) + scale;
    more = (flags & 0x20) !== 0;
  }
}

/** `gvar`: how outlines vary. Positions on the axes that many glyphs share are named by number, and counted up too. */
function mergeOutlineVariations(slices, glyphs) {
  const shared = [];
  const parts = [];
  const offsets = [0];
  let start = 0;
  const axes = slices[0].tables.get('gvar').readUInt16BE(4);
  for (const slice of slices) {
    const table = Buffer.from(slice.tables.get('gvar'));
    const [sharedCount, sharedAt] = [table.readUInt16BE(6), table.readUInt32BE(8)];
    const renumbered = Array.from({ length: sharedCount }, (_, index) => {
      const tuple = table.subarray(sharedAt + 2 * axes * index, sharedAt + 2 * axes * (index + 1));
      const found = shared.findIndex((one) => one.equals(tuple));
      return found >= 0 ? found : shared.push(tuple) - 1;
    });
    const isLong = (table.readUInt16BE(14) & 1) === 1;
    const data = table.readUInt32BE(16);
    const offsetOf = (glyph) => (isLong ? table.readUInt32BE(20 + 4 * glyph) : 2 * table.readUInt16BE(20 + 2 * glyph));
    for (let glyph = 0; glyph < slice.glyphs; glyph++) {
      const one = table.subarray(data + offsetOf(glyph), data + offsetOf(glyph + 1));
      if (one.length > 0) renumberTuples(one, axes, renumbered);
      parts.push(one);
      start += one.length;
      offsets.push(start);
    }
  }
  const header = Buffer.alloc(20);
  const sharedTuples = Buffer.concat(shared);
  const sharedAt = header.length + 4 * offsets.length;
  for (const [at, value] of [
    [0, 1],
    [4, axes],
    [6, shared.length],
    [12, glyphs],
    [14, 1],
  ])
    header.writeUInt16BE(value, at);
  header.writeUInt32BE(sharedAt, 8);
  header.writeUInt32BE(sharedAt + sharedTuples.length, 16);
  return Buffer.concat([header, longs(...offsets), sharedTuples, ...parts]);
}

function renumberTuples(data, axes, renumbered) {
  for (let left = data.readUInt16BE(0) & 0xfff, at = 4; left > 0; left--) {
    const index = data.readUInt16BE(at + 2);
    if ((index & 0x8000) === 0) data.writeUInt16BE((index & 0xf000) | renumbered[index & 0xfff], at + 2);
    at += 4 + (index & 0x8000 ? 2 * axes : 0) + (index & 0x4000 ? 4 * axes : 0);
  }
}
