// Plain JavaScript: the setup runs it on whatever Node the machine has.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { placeFor, root } from './cache-place.mjs';
import { mergeSlices } from './fonts/merge-slices.mjs';
import { tablesOf } from './fonts/sfnt.mjs';

// Latin, Greek and Cyrillic in three styles; then what they lack. Variable fonts: every weight is in one file.
const basic = ['noto-sans', 'noto-serif', 'noto-sans-mono'];
const scripts =
  'arabic armenian bengali devanagari ethiopic georgian gujarati gurmukhi hebrew kannada khmer lao malayalam myanmar oriya sinhala tamil telugu thai'
    .split(' ')
    .map((script) => `noto-sans-${script}`);
// Each comes in a hundred slices by characters, and is made one again.
const sliced = ['jp', 'kr', 'sc', 'tc'].map((script) => `noto-sans-${script}`);
// Counted up when the same packages come to be unpacked differently.
const layout = 7;

const emoji = '@expo-google-fonts/noto-color-emoji';

const require = createRequire(join(root, 'server/package.json'));
const packageFolder = (name) => dirname(require.resolve(`${name}/package.json`));

/**
 * Unpacks the fonts that come inside npm packages, once, and gives the configuration that adds them to the system's.
 * Fontconfig reads no WOFF2, which is what such packages hold.
 * @param {string} [cacheDir] where to, should the dependencies' own folder not be writable.
 * @returns {Promise<string>} the text of a fonts.conf; fonts in `~/.fonts` count too.
 */
export async function unpackFonts(cacheDir) {
  const packages = [...basic, ...scripts, ...sliced].map((name) => `@fontsource-variable/${name}`).concat(emoji);
  const versions = packages.map((name) => readFileSync(join(packageFolder(name), 'package.json')));
  const name = `fonts-${hash(String(layout), ...versions)}`;
  const place = placeFor(name, cacheDir);
  const folder = join(place, name);
  if (!existsSync(folder)) await unpack(place, folder);
  if (process.getuid?.() === 0) chmodSync(folder, 0o755); // the browser runs as another user then, and reads them

  // What fontconfig read of the fonts, by the rules that it read them with.
  const cache = join(place, `fontconfig-${hash(JSON.stringify(languages))}`);
  return configuration([folder, '~/.fonts'], cache);
}

function hash(...parts) {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest('hex').slice(0, 12);
}

async function unpack(place, folder) {
  const { default: decompress } = await import(pathToFileURL(require.resolve('woff2-encoder/decompress')).href);
  const draft = mkdtempSync(join(place, 'draft-'));
  const slicesOf = async (family) => {
    const files = join(packageFolder(`@fontsource-variable/${family}`), 'files');
    const slices = [];
    for (const file of readdirSync(files).filter((one) => isWanted(family, one)))
      slices.push({
        name: file.replace('.woff2', '.ttf'),
        font: Buffer.from(await decompress(readFileSync(join(files, file)))),
      });
    return slices;
  };
  for (const family of basic)
    for (const { name, font } of await slicesOf(family)) writeFileSync(join(draft, name), font);
  for (const family of scripts)
    for (const { name, font } of await slicesOf(family)) writeFileSync(join(draft, name), withMainWeights(font));
  for (const family of sliced) {
    const fonts = (await slicesOf(family)).map(({ font }) => font);
    writeFileSync(join(draft, `${family}.ttf`), withMainWeights(mergeSlices(fonts)));
  }
  copyFileSync(join(packageFolder(emoji), '400Regular', 'NotoColorEmoji_400Regular.ttf'), join(draft, 'emoji.ttf'));
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // else another process was first
  }
}

// The weights that text is set in where nobody chose one, and those of headings.
const mainWeights = [400, 700];

/**
 * A variable font with two of its named instances (OpenType, `fvar`), the weights 400 and 700. Fontconfig takes each for a
 * font of its own, and Chromium sorts all of them for every family that a page asks for.
 */
function withMainWeights(font) {
  const fvar = tablesOf(font).get('fvar');
  const [axes, axisCount, axisSize, count, size] = [4, 8, 10, 12, 14].map((at) => fvar.readUInt16BE(at));
  const first = axes + axisCount * axisSize;
  const isMain = (at) => axisCount === 1 && mainWeights.includes(fvar.readInt32BE(at + 4) / 65_536);
  const kept = Array.from({ length: count }, (_, index) => first + index * size).filter(isMain);
  for (const [index, at] of kept.entries()) fvar.copy(fvar, first + index * size, at, at + size);
  fvar.writeUInt16BE(kept.length, 12);
  return font;
}

/** All weights of the whole repertoire; of fonts for one script not the Latin, Greek and Cyrillic that they bring too. */
function isWanted(family, file) {
  if (!/-wght-(normal|italic)\.woff2$/.test(file)) return false;
  return basic.includes(family) || !/-(latin|cyrillic|greek|vietnamese)(-ext)?-wght-/.test(file);
}

// The same Chinese character is written differently in these languages. Fontconfig tells by the characters alone, which
// each of these fonts has.
const languages = { 'Noto Sans JP': 'ja', 'Noto Sans KR': 'ko', 'Noto Sans SC': 'zh-cn', 'Noto Sans TC': 'zh-tw' };
// Languages that Chromium asks for and that fontconfig takes for another one of these.
const writtenAs = { 'zh-hant': 'zh-tw', 'zh-hk': 'zh-tw', 'zh-mo': 'zh-tw' };

/** The system's own configuration first, where there is one: what it says of its fonts holds. */
function configuration(folders, cache) {
  const alias = (generic, font) =>
    `<alias><family>${generic}</family><prefer><family>${font}</family></prefer></alias>`;
  const rule = (target, test, language) => `<match target="${target}">
    ${test}
    <edit name="lang" mode="assign"><string>${language}</string></edit>
  </match>`;
  const ofFont = (font) => `<test name="family" compare="contains"><string>${font}</string></test>`;
  const ofLanguage = (language) => `<test name="lang"><string>${language}</string></test>`;
  const rules = [
    ...Object.entries(languages).map(([font, language]) => rule('scan', ofFont(font), language)),
    ...Object.entries(writtenAs).map(([asked, language]) => rule('pattern', ofLanguage(asked), language)),
  ];
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  ${folders.map((folder) => `<dir>${escaped(folder)}</dir>`).join('\n  ')}
  <cachedir>${escaped(cache)}</cachedir>
  ${rules.join('\n  ')}
  ${alias('sans-serif', 'Noto Sans')}
  ${alias('system-ui', 'Noto Sans')}
  ${alias('serif', 'Noto Serif')}
  ${alias('monospace', 'Noto Sans Mono')}
  ${alias('emoji', 'Noto Color Emoji')}
</fontconfig>
`;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
