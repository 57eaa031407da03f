import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import decompress from 'woff2-encoder/decompress';
import manifest from '../package.json' with { type: 'json' };
import { mergeSlices } from './merge-slices.mjs';
import { fontOf, tablesOf } from './sfnt.mjs';

// Latin, Greek and Cyrillic in three styles; then what they lack. Variable fonts: every weight is in one file.
const basic = ['noto-sans', 'noto-serif', 'noto-sans-mono'];
const scripts =
  'arabic armenian bengali devanagari ethiopic georgian gujarati gurmukhi hebrew kannada khmer lao malayalam myanmar oriya sinhala tamil telugu thai'
    .split(' ')
    .map((script) => `noto-sans-${script}`);
// Each comes in a hundred slices by characters, and is made one again.
const sliced = ['jp', 'kr', 'sc', 'tc'].map((script) => `noto-sans-${script}`);

const emoji = '@expo-google-fonts/noto-color-emoji';

// The weights that text is set in where nobody chose one, and those of headings.
const mainWeights = [400, 700];

/** What the fonts are made of: other packages, or another way to make them (counted up by hand), make others. */
export const recipe: string = JSON.stringify({ way: 8, packages: manifest.dependencies });

/** Writes the fonts into `folder`, as files that fontconfig reads: it knows no WOFF2, which npm packages hold. */
export async function buildFonts(folder: string): Promise<void> {
  const write = (name: string, font: Buffer) => writeFileSync(join(folder, name), font);
  for (const family of basic) for (const { name, font } of await fontsOf(family)) write(name, font);
  for (const family of scripts) for (const { name, font } of await fontsOf(family)) write(name, withMainWeights(font));
  for (const family of sliced) {
    const slices = (await fontsOf(family)).map(({ font }) => font);
    write(`${family}.ttf`, withMainWeights(mergeSlices(slices)));
  }
  write('noto-color-emoji.ttf', withoutSvg(readFileSync(join(folderOf(emoji), '400Regular/NotoColorEmoji_400Regular.ttf'))));
  // The Open Font License, section 2: each copy comes with it.
  for (const family of [...basic, ...scripts, ...sliced])
    write(`${family}.LICENSE.txt`, readFileSync(join(folderOf(`@fontsource-variable/${family}`), 'LICENSE')));
}

async function fontsOf(family: string): Promise<Array<{ name: string; font: Buffer }>> {
  const files = join(folderOf(`@fontsource-variable/${family}`), 'files');
  const fonts = [];
  for (const file of readdirSync(files).filter((one) => isWanted(family, one)))
    fonts.push({
      name: file.replace('.woff2', '.ttf'),
      font: Buffer.from(await decompress(readFileSync(join(files, file)))),
    });
  return fonts;
}

/** All weights of the whole repertoire; of fonts for one script not the Latin, Greek and Cyrillic that they bring too. */
function isWanted(family: string, file: string): boolean {
  if (!/-wght-(normal|italic)\.woff2$/.test(file)) return false;
  return basic.includes(family) || !/-(latin|cyrillic|greek|vietnamese)(-ext)?-wght-/.test(file);
}

/**
 * A variable font with two of its named instances (OpenType, `fvar`), the weights 400 and 700. Fontconfig takes each for a
 * font of its own, and Chromium sorts all of them for every family that a page asks for.
 */
function withMainWeights(font: Buffer): Buffer {
  const fvar = tablesOf(font).get('fvar');
  if (fvar === undefined) throw new Error('A font that should vary in weight does not.');
  const at = (offset: number) => fvar.readUInt16BE(offset);
  const first = at(4) + at(8) * at(10);
  const size = at(14);
  const isMain = (one: number) => at(8) === 1 && mainWeights.includes(fvar.readInt32BE(one + 4) / 65_536);
  const kept = Array.from({ length: at(12) }, (_, index) => first + index * size).filter(isMain);
  for (const [index, one] of kept.entries()) fvar.copy(fvar, first + index * size, one, one + size);
  fvar.writeUInt16BE(kept.length, 12);
  return font;
}

/** The emoji are there twice: Chromium draws those of `COLR`, and the others are four fifths of the file. */
function withoutSvg(font: Buffer): Buffer {
  const tables = tablesOf(font);
  tables.delete('SVG ');
  return fontOf(tables);
}

function folderOf(name: string): string {
  return dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`)));
}
