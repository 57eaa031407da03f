import { countUpLookup, Renumbering } from './renumber-layout.mjs';
import { longs, offsetsOf, words } from './sfnt.mjs';

// A lookup that only says where another one lies, further away than 16 bits can (OpenType, "Extension").
const extension = { GSUB: 7, GPOS: 9 };

const anyLanguage = '    ';

/**
 * `GSUB` or `GPOS` of all slices: their lookups one after the other, and for each script and language the features of all
 * of them. No lookup of one slice meets a glyph of another.
 * @param {{ tables: Map<string, Buffer>, base: number }[]} slices
 * @param {'GSUB' | 'GPOS'} tag
 * @param {number[]} outerBases what the numbers of each slice's variations are counted up by.
 * @returns {Buffer}
 */
export function mergeLayout(slices, tag, outerBases) {
  const blobs = [];
  const lookups = [];
  /** By `script language`, then by feature: numbers of lookups. */
  const systems = new Map();
  for (const [index, { tables, base }] of slices.entries()) {
    const blob = Buffer.from(tables.get(tag));
    const firstLookup = lookups.length;
    addFeatures(systems, blob, firstLookup);
    const renumbering = new Renumbering(blob, { glyphs: base, lookups: firstLookup, outer: outerBases[index] });
    for (const lookup of lookupsOf(blob, tag)) {
      for (const at of lookup.subtables) countUpLookup(renumbering, tag, lookup.type, at);
      lookups.push({ ...lookup, blob: index });
    }
    blobs.push(blob);
  }
  const { scripts, features } = listsOf(systems);
  const [featuresAt, lookupsAt] = offsetsOf([features, Buffer.alloc(0)], 10 + scripts.length);
  const blobsAt = offsetsOf(blobs, lookupsAt + lengthOfList(lookups));
  const list = lookupList(lookups, tag, lookupsAt, blobsAt);
  return Buffer.concat([words(1, 0, 10, featuresAt, lookupsAt), scripts, features, list, ...blobs]);
}

function lookupsOf(blob, tag) {
  const list = blob.readUInt16BE(8);
  return Array.from({ length: blob.readUInt16BE(list) }, (_, index) => {
    const lookup = list + blob.readUInt16BE(list + 2 + 2 * index);
    const [type, flag, count] = [0, 2, 4].map((at) => blob.readUInt16BE(lookup + at));
    if (flag & 0x10) throw new Error('A slice of a font names a set of marks, which is not looked for.');
    const subtables = Array.from({ length: count }, (_, n) => lookup + blob.readUInt16BE(lookup + 6 + 2 * n));
    if (type !== extension[tag]) return { type, flag, subtables };
    const real = subtables.map((at) => at + blob.readUInt32BE(at + 4));
    return { type: count === 0 ? 1 : blob.readUInt16BE(subtables[0] + 2), flag, subtables: real };
  });
}

function addFeatures(systems, blob, firstLookup) {
  const [scripts, features] = [4, 6].map((at) => blob.readUInt16BE(at));
  const tagAt = (at) => blob.toString('latin1', at, at + 4);
  const add = (name, system) => {
    const found = systems.get(name) ?? new Map();
    systems.set(name, found);
    if (blob.readUInt16BE(system + 2) !== 0xffff) throw new Error('A slice of a font requires a feature.');
    for (let n = 0; n < blob.readUInt16BE(system + 4); n++) {
      const record = features + 2 + 6 * blob.readUInt16BE(system + 6 + 2 * n);
      const feature = features + blob.readUInt16BE(record + 4);
      const numbers = found.get(tagAt(record)) ?? new Set();
      found.set(tagAt(record), numbers);
      for (let k = 0; k < blob.readUInt16BE(feature + 2); k++)
        numbers.add(firstLookup + blob.readUInt16BE(feature + 4 + 2 * k));
    }
  };
  for (let n = 0; n < blob.readUInt16BE(scripts); n++) {
    const record = scripts + 2 + 6 * n;
    const script = scripts + blob.readUInt16BE(record + 4);
    if (blob.readUInt16BE(script) !== 0) add(tagAt(record) + anyLanguage, script + blob.readUInt16BE(script));
    for (let k = 0; k < blob.readUInt16BE(script + 2); k++) {
      const language = script + 4 + 6 * k;
      add(tagAt(record) + tagAt(language), script + blob.readUInt16BE(language + 4));
    }
  }
}

/** The lists of scripts and of features. Features that are the same for several scripts are one. */
function listsOf(systems) {
  const keyOf = (tag, lookups) => `${tag} ${[...lookups]}`;
  const all = new Map();
  for (const found of systems.values())
    for (const [tag, lookups] of found)
      all.set(keyOf(tag, lookups), { tag, table: words(0, lookups.size, ...lookups) });
  const features = [...all].sort(([, a], [, b]) => (a.tag < b.tag ? -1 : 1));
  const numbers = new Map(features.map(([key], number) => [key, number]));

  const scripts = new Map();
  for (const [name, found] of [...systems].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const own = [...found].map(([tag, lookups]) => numbers.get(keyOf(tag, lookups))).sort((a, b) => a - b);
    const [script, language] = [name.slice(0, 4), name.slice(4)];
    const languages = scripts.get(script) ?? [];
    scripts.set(script, languages);
    languages.push({ tag: language, table: words(0, 0xffff, own.length, ...own) });
  }
  const scriptTables = [...scripts].map(([tag, languages]) => ({ tag, table: scriptTable(languages) }));
  return { scripts: taggedList(scriptTables), features: taggedList(features.map(([, feature]) => feature)) };
}

function scriptTable(all) {
  const standard = all.find(({ tag }) => tag === anyLanguage);
  const languages = all.filter((one) => one !== standard);
  const start = 4 + 6 * languages.length;
  const rest = start + (standard?.table.length ?? 0);
  return Buffer.concat([
    words(standard === undefined ? 0 : start, languages.length),
    records(languages, rest),
    ...(standard === undefined ? [] : [standard.table]),
    ...languages.map(({ table }) => table),
  ]);
}

function taggedList(entries) {
  const start = 2 + 6 * entries.length;
  return Buffer.concat([words(entries.length), records(entries, start), ...entries.map(({ table }) => table)]);
}

function records(entries, start) {
  const tables = entries.map(({ table }) => table);
  const offsets = offsetsOf(tables, start);
  if (offsets.some((offset) => offset > 0xffff)) throw new Error('The slices have more features than a font can have.');
  return Buffer.concat(entries.flatMap(({ tag }, n) => [Buffer.from(tag, 'latin1'), words(offsets[n])]));
}

// Each lookup with, for each of its parts, eight bytes that say where it lies.
const sizeOf = ({ subtables }) => 6 + 10 * subtables.length;

function lengthOfList(lookups) {
  return lookups.reduce((sum, lookup) => sum + sizeOf(lookup), 2 + 2 * lookups.length);
}

/** Each lookup says where in its slice's own table it lies. */
function lookupList(lookups, tag, start, blobsAt) {
  const tables = [];
  let offset = 2 + 2 * lookups.length;
  for (const { type, flag, subtables, blob } of lookups) {
    const head = 6 + 2 * subtables.length;
    const parts = subtables.map((at, n) => {
      const here = start + offset + head + 8 * n;
      return Buffer.concat([words(1, type), longs(blobsAt[blob] + at - here)]);
    });
    const offsets = subtables.map((_, n) => head + 8 * n);
    tables.push(Buffer.concat([words(extension[tag], flag, subtables.length, ...offsets), ...parts]));
    offset += tables.at(-1).length;
  }
  if (offset > 0xffff) throw new Error('The slices have more lookups than a font can have.');
  return Buffer.concat([words(lookups.length, ...offsetsOf(tables, 2 + 2 * lookups.length)), ...tables]);
}
