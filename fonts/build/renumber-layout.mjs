// Counts up what the lookups of a layout table name by number: glyphs, other lookups, variations. In place.

/** The bytes of one table, and what its numbers are counted up by; what several lookups share is counted up once. */
export class Renumbering {
  #done = new Map();

  /**
   * @param {Buffer} bytes
   * @param {{ glyphs: number, lookups: number, outer: number }} by
   */
  constructor(bytes, by) {
    this.bytes = bytes;
    this.by = by;
  }

  u16(at) {
    return this.bytes.readUInt16BE(at);
  }

  /** A part at an offset from `from` that is written at `at`; the offset 0 means none. */
  part(from, at, kind, countUp) {
    const offset = this.u16(at);
    if (offset !== 0) this.once(from + offset, kind, countUp);
  }

  parts(from, at, count, kind, countUp) {
    for (let n = 0; n < count; n++) this.part(from, at + 2 * n, kind, countUp);
  }

  once(at, kind, countUp) {
    const done = this.#done.get(at);
    if (done !== undefined && done !== kind) throw new Error(`A font has a ${kind} where it has a ${done}.`);
    if (done !== undefined) return;
    this.#done.set(at, kind);
    countUp(this, at);
  }

  glyph(at) {
    this.bytes.writeUInt16BE(this.u16(at) + this.by.glyphs, at);
  }

  lookup(at) {
    this.bytes.writeUInt16BE(this.u16(at) + this.by.lookups, at);
  }
}

/** @param {Renumbering} table @param {'GSUB' | 'GPOS'} tag @param {number} type of the lookup @param {number} at its subtable */
export function countUpLookup(table, tag, type, at) {
  const format = table.u16(at);
  const countUp = lookups[`${tag} ${type}.${format}`];
  if (countUp === undefined)
    throw new Error(`A slice of a font has a lookup ${tag} ${type}.${format}, which cannot be joined.`);
  table.once(at, `lookup ${tag} ${type}`, countUp);
}

// By table, type and format, as OpenType numbers them.
const lookups = {
  'GSUB 1.1': (table, at) => coverageAt(table, at, at + 2), // glyphs by their distance, which stays
  'GSUB 1.2': (table, at) => {
    coverageAt(table, at, at + 2);
    for (let n = 0; n < table.u16(at + 4); n++) table.glyph(at + 6 + 2 * n);
  },
  'GSUB 4.1': (table, at) => {
    coverageAt(table, at, at + 2);
    table.parts(at, at + 6, table.u16(at + 4), 'set of ligatures', (_, set) =>
      table.parts(set, set + 2, table.u16(set), 'ligature', ligature),
    );
  },
  'GSUB 6.3': (table, start) => {
    let at = start + 2;
    for (let sequence = 0; sequence < 3; sequence++) {
      const count = table.u16(at);
      table.parts(start, at + 2, count, 'coverage', coverage);
      at += 2 + 2 * count;
    }
    for (let n = 0; n < table.u16(at); n++) table.lookup(at + 4 + 4 * n);
  },
  'GPOS 1.1': (table, at) => {
    coverageAt(table, at, at + 2);
    values(table, at, at + 6, table.u16(at + 4));
  },
  'GPOS 1.2': (table, at) => {
    coverageAt(table, at, at + 2);
    const format = table.u16(at + 4);
    for (let n = 0; n < table.u16(at + 6); n++) values(table, at, at + 8 + n * sizeOf(format), format);
  },
  'GPOS 2.1': (table, at) => {
    coverageAt(table, at, at + 2);
    const [first, second] = [table.u16(at + 4), table.u16(at + 6)];
    const size = 2 + sizeOf(first) + sizeOf(second);
    table.parts(at, at + 10, table.u16(at + 8), 'set of pairs', (_, set) => {
      for (let pair = set + 2; pair < set + 2 + size * table.u16(set); pair += size) {
        table.glyph(pair);
        values(table, set, pair + 2, first);
        values(table, set, pair + 2 + sizeOf(first), second);
      }
    });
  },
  'GPOS 2.2': (table, at) => {
    coverageAt(table, at, at + 2);
    const [first, second] = [table.u16(at + 4), table.u16(at + 6)];
    table.parts(at, at + 8, 2, 'classes', classes);
    const pairs = table.u16(at + 12) * table.u16(at + 14);
    const size = sizeOf(first) + sizeOf(second);
    for (let pair = at + 16; pair < at + 16 + size * pairs; pair += size) {
      values(table, at, pair, first);
      values(table, at, pair + sizeOf(first), second);
    }
  },
  'GPOS 4.1': (table, at) => {
    coverageAt(table, at, at + 2);
    coverageAt(table, at, at + 4);
    const classCount = table.u16(at + 6);
    table.part(at, at + 8, 'marks', (_, marks) => {
      for (let n = 0; n < table.u16(marks); n++) table.part(marks, marks + 4 + 4 * n, 'anchor', anchor);
    });
    table.part(at, at + 10, 'bases', (_, bases) =>
      table.parts(bases, bases + 2, table.u16(bases) * classCount, 'anchor', anchor),
    );
  },
};

function coverageAt(table, from, at) {
  table.part(from, at, 'coverage', coverage);
}

function coverage(table, at) {
  const size = table.u16(at) === 1 ? 2 : 6;
  for (let n = 0; n < table.u16(at + 2); n++) {
    table.glyph(at + 4 + size * n);
    if (size === 6) table.glyph(at + 6 + size * n);
  }
}

function classes(table, at) {
  if (table.u16(at) === 1) {
    table.glyph(at + 2);
    return;
  }
  for (let range = at + 4; range < at + 4 + 6 * table.u16(at + 2); range += 6) {
    table.glyph(range);
    table.glyph(range + 2);
  }
}

function ligature(table, at) {
  table.glyph(at);
  for (let n = 1; n < table.u16(at + 2); n++) table.glyph(at + 2 + 2 * n);
}

function anchor(table, at) {
  if (table.u16(at) === 3) table.parts(at, at + 6, 2, 'variation', variation);
}

/** Numbers, and where to look up how they vary. */
function values(table, from, at, format) {
  const plain = sizeOf(format & 0x0f);
  table.parts(from, at + plain, sizeOf(format & 0xf0) / 2, 'variation', variation);
}

function sizeOf(format) {
  let size = 0;
  for (let bits = format & 0xff; bits !== 0; bits >>= 1) size += 2 * (bits & 1);
  return size;
}

function variation(table, at) {
  if (table.u16(at + 4) === 0x8000) table.bytes.writeUInt16BE(table.u16(at) + table.by.outer, at);
}
