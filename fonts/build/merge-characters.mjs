import { longs, offsetsOf, words } from './sfnt.mjs';

/**
 * `cmap` of all slices: characters of all of Unicode (format 12), and the variants of Chinese characters that selectors
 * choose (format 14). Of a character that several slices have, the first one counts.
 * @param {{ tables: Map<string, Buffer>, base: number }[]} slices
 * @returns {Buffer}
 */
export function mergeCharacters(slices) {
  const glyphs = new Map();
  const selectors = new Map();
  for (const { tables, base } of slices) {
    const subtables = subtablesOf(tables.get('cmap'));
    const variants = subtables.find((one) => one.readUInt16BE(0) === 14);
    const characters =
      subtables.find((one) => one.readUInt16BE(0) === 12) ?? subtables.find((one) => one.readUInt16BE(0) === 4);
    for (const [character, glyph] of characters.readUInt16BE(0) === 12 ? groups(characters) : segments(characters))
      if (glyph !== 0 && !glyphs.has(character)) glyphs.set(character, glyph + base);
    if (variants !== undefined) addVariants(selectors, variants, base);
  }
  const subtables = [[3, 10, characterTable(glyphs)]];
  if (selectors.size > 0) subtables.unshift([0, 5, variantTable(selectors)]);
  const offsets = offsetsOf(
    subtables.map(([, , table]) => table),
    4 + 8 * subtables.length,
  );
  const records = subtables.flatMap(([platform, encoding], n) => [words(platform, encoding), longs(offsets[n])]);
  return Buffer.concat([words(0, subtables.length), ...records, ...subtables.map(([, , table]) => table)]);
}

function subtablesOf(table) {
  return Array.from({ length: table.readUInt16BE(2) }, (_, index) =>
    table.subarray(table.readUInt32BE(4 + 8 * index + 4)),
  );
}

/** Format 12. */
function* groups(table) {
  for (let group = 0; group < table.readUInt32BE(12); group++) {
    const [first, last, glyph] = [0, 4, 8].map((at) => table.readUInt32BE(16 + 12 * group + at));
    for (let character = first; character <= last; character++) yield [character, glyph + character - first];
  }
}

/** Format 4. */
function* segments(table) {
  const size = table.readUInt16BE(6); // of each of its arrays, bytes
  for (let segment = 0; segment < size; segment += 2) {
    const last = table.readUInt16BE(14 + segment);
    const first = table.readUInt16BE(16 + size + segment);
    const delta = table.readUInt16BE(16 + 2 * size + segment);
    const at = 16 + 3 * size + segment;
    const range = table.readUInt16BE(at);
    for (let character = first; character <= last && character < 0xffff; character++) {
      const found = range === 0 ? character : table.readUInt16BE(at + range + 2 * (character - first));
      yield [character, found === 0 && range !== 0 ? 0 : (found + delta) & 0xffff];
    }
  }
}

function characterTable(glyphs) {
  const found = [];
  for (const [character, glyph] of [...glyphs].sort(([a], [b]) => a - b)) {
    const last = found.at(-1);
    if (last !== undefined && character === last[1] + 1 && glyph === last[2] + character - last[0]) last[1] = character;
    else found.push([character, character, glyph]);
  }
  return Buffer.concat([words(12, 0), longs(16 + 12 * found.length, 0, found.length, ...found.flat())]);
}

/** Format 14: by selector the characters that look as they do without it, and the glyphs of others. */
function addVariants(selectors, table, base) {
  for (let record = 10; record < 10 + 11 * table.readUInt32BE(6); record += 11) {
    const selector = table.readUIntBE(record, 3);
    const { plain, special } = selectors.get(selector) ?? { plain: new Set(), special: new Map() };
    selectors.set(selector, { plain, special });
    const [plainAt, specialAt] = [table.readUInt32BE(record + 3), table.readUInt32BE(record + 7)];
    for (let n = 0; plainAt !== 0 && n < table.readUInt32BE(plainAt); n++) {
      const at = plainAt + 4 + 4 * n;
      for (let more = 0; more <= table[at + 3]; more++) plain.add(table.readUIntBE(at, 3) + more);
    }
    for (let n = 0; specialAt !== 0 && n < table.readUInt32BE(specialAt); n++) {
      const at = specialAt + 4 + 5 * n;
      special.set(table.readUIntBE(at, 3), table.readUInt16BE(at + 3) + base);
    }
  }
}

function variantTable(selectors) {
  const records = [];
  const parts = [];
  let offset = 10 + 11 * selectors.size;
  const place = (part) => {
    if (part.length === 4) return 0; // nothing in it
    parts.push(part);
    offset += part.length;
    return offset - part.length;
  };
  const ascending = (entries) => [...entries].sort(([a], [b]) => a - b);
  for (const [selector, { plain, special }] of ascending(selectors)) {
    const ranges = ascending([...plain].map((character) => [character])).map(([character]) => entry(character, 0, 1));
    const glyphs = ascending(special).map(([character, glyph]) => entry(character, glyph, 2));
    const plainAt = place(Buffer.concat([longs(ranges.length), ...ranges]));
    const specialAt = place(Buffer.concat([longs(glyphs.length), ...glyphs]));
    records.push(Buffer.concat([entry(selector, 0, 0), longs(plainAt, specialAt)]));
  }
  return Buffer.concat([words(14), longs(offset, selectors.size), ...records, ...parts]);
}

/** A character in three bytes, and what follows it in `size`. */
function entry(character, value, size) {
  const buffer = Buffer.alloc(3 + size);
  buffer.writeUIntBE(character, 0, 3);
  if (size > 0) buffer.writeUIntBE(value, 3, size);
  return buffer;
}
