import { longs, offsetsOf, words } from './sfnt.mjs';

/**
 * `GDEF` of all slices: the classes of glyphs, and how positions vary.
 * @returns {{ definitions: Buffer | undefined, outerBases: number[] }} and what to count up each slice's variations by.
 */
export function mergeDefinitions(slices) {
  const regions = [];
  const data = [];
  const classes = [];
  let axes = 0;
  const outerBases = slices.map(({ tables, base }) => {
    const outerBase = data.length;
    const table = tables.get('GDEF');
    if (table === undefined) return outerBase;
    const classAt = table.readUInt16BE(4);
    if (classAt !== 0) classes.push(...classRanges(table.subarray(classAt), base));
    const storeAt = table.readUInt16BE(2) >= 3 ? table.readUInt32BE(14) : 0;
    if (storeAt === 0) return outerBase;
    const store = table.subarray(storeAt);
    const list = store.subarray(store.readUInt32BE(2));
    axes = list.readUInt16BE(0);
    const regionBase = regions.length;
    for (let n = 0; n < list.readUInt16BE(2); n++)
      regions.push(list.subarray(4 + 6 * axes * n, 4 + 6 * axes * (n + 1)));
    for (let n = 0; n < store.readUInt16BE(6); n++)
      data.push(variationData(store.subarray(store.readUInt32BE(8 + 4 * n)), regionBase));
    return outerBase;
  });
  if (classes.length === 0 && data.length === 0) return { definitions: undefined, outerBases };
  const classTable = words(2, classes.length, ...classes.flat());
  const list = Buffer.concat([words(axes, regions.length), ...regions]);
  const offsets = offsetsOf(data, 8 + 4 * data.length + list.length);
  const store = Buffer.concat([
    words(1),
    longs(8 + 4 * data.length),
    words(data.length),
    longs(...offsets),
    list,
    ...data,
  ]);
  const [classAt, storeAt] = [18, 18 + classTable.length];
  const head = Buffer.concat([words(1, 3, classAt, 0, 0, 0, 0), longs(data.length === 0 ? 0 : storeAt)]);
  return { definitions: Buffer.concat([head, classTable, ...(data.length === 0 ? [] : [store])]), outerBases };
}

function classRanges(table, base) {
  if (table.readUInt16BE(0) === 1) {
    const first = table.readUInt16BE(2) + base;
    return Array.from({ length: table.readUInt16BE(4) }, (_, n) => [
      first + n,
      first + n,
      table.readUInt16BE(6 + 2 * n),
    ]);
  }
  return Array.from({ length: table.readUInt16BE(2) }, (_, n) => {
    const [first, last, value] = [0, 2, 4].map((at) => table.readUInt16BE(4 + 6 * n + at));
    return [first + base, last + base, value];
  });
}

function variationData(table, regionBase) {
  const [items, wordCount, regionCount] = [0, 2, 4].map((at) => table.readUInt16BE(at));
  const [longWords, count] = [(wordCount & 0x8000) !== 0, wordCount & 0x7fff];
  const row = (longWords ? 2 : 1) * (count + regionCount);
  const copy = Buffer.from(table.subarray(0, 6 + 2 * regionCount + items * row));
  for (let n = 0; n < regionCount; n++) copy.writeUInt16BE(copy.readUInt16BE(6 + 2 * n) + regionBase, 6 + 2 * n);
  return copy;
}
