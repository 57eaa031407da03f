import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import decompress from 'woff2-encoder/decompress';
import { mergeSlices } from '../build/merge-slices.mjs';
import { startTestRenderer, type TestRenderer } from '../../server/test/render/harness.ts';

const require = createRequire(import.meta.url);

let renderer: TestRenderer;
before(async () => {
  renderer = await startTestRenderer();
});
after(() => renderer[Symbol.asyncDispose]());

interface Slice {
  readonly range: string;
  readonly font: Buffer;
}

/** The slices of a font, as a web page would take them, that hold the characters of a text. */
async function slicesFor(script: string, text: string): Promise<Slice[]> {
  const folder = dirname(require.resolve(`@fontsource-variable/noto-sans-${script}/package.json`));
  const ranges = JSON.parse(await readFile(join(folder, 'unicode.json'), 'utf8')) as Record<string, string>;
  // Those of numbers, as the ones of Latin have some of their characters too.
  const wanted = Object.entries(ranges).filter(
    ([name, range]) => /\d/.test(name) && [...text].some((character) => isIn(range, character)),
  );
  return Promise.all(
    wanted.map(async ([name, range]) => {
      const file = `noto-sans-${script}-${name.replace(/[[\]]/g, '')}-wght-normal.woff2`;
      return { range, font: Buffer.from(await decompress(await readFile(join(folder, 'files', file)))) };
    }),
  );
}

function isIn(ranges: string, character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return ranges.split(',').some((range) => {
    const [first = 0, last = first] = range
      .replace('U+', '')
      .split('-')
      .map((hex) => Number.parseInt(hex, 16));
    return code >= first && code <= last;
  });
}

function face(font: Buffer, range = 'U+0-10FFFF'): string {
  const address = `data:font/ttf;base64,${font.toString('base64')}`;
  return `@font-face{font-family:Joined;font-weight:100 900;unicode-range:${range};src:url(${address})}`;
}

/** What the browser, which checks the fonts of pages strictly, makes of a text with these fonts. */
async function pixels(faces: readonly string[], text: string, lang: string, style: string): Promise<Buffer> {
  const page = `<!doctype html><html lang="${lang}"><meta charset="utf-8"><style>${faces.join('')}
    body{margin:0;font:60px Joined,monospace;${style}}</style><body>${text}</body></html>`;
  const { bytes } = await renderer.draw('http://127.0.0.1:9/page', page);
  return sharp(bytes).raw().toBuffer();
}

describe('a font that was joined of its slices', () => {
  for (const { script, lang, text } of [
    { script: 'jp', lang: 'ja', text: '日本語の「組版」、カナと漢字。葛葛󠄀辻辻󠄁𠮟る' },
    { script: 'kr', lang: 'ko', text: '한글과 글자, 「읽기」. 똠방각하 漢字' },
    { script: 'sc', lang: 'zh-Hans', text: '汉字，“排版”。骨直门龙龘' },
    { script: 'tc', lang: 'zh-Hant', text: '漢字，「排版」。骨直門龍龘' },
  ]) {
    let joining: Promise<{ readonly slices: readonly Slice[]; readonly joined: string }> | undefined;
    // Once for all tests of a script: it takes longer than what they draw.
    const read = () => {
      joining ??= slicesFor(script, text).then((slices) => ({
        slices,
        joined: face(mergeSlices(slices.map(({ font }) => font))),
      }));
      return joining;
    };
    for (const [how, style] of [
      ['', ''],
      ['in bold', 'font-weight:700'],
      ['in a weight between two', 'font-weight:333'],
      ['from top to bottom', 'writing-mode:vertical-rl'],
      ['set close', "font-feature-settings:'palt'"],
    ] as const) {
      it(`draws ${lang} ${how}`, async () => {
        const { slices, joined } = await read();
        assert.ok(slices.length > 3);
        const apart = slices.map(({ font, range }) => face(font, range));
        const found = await pixels([joined], text, lang, style);
        assert.ok(found.equals(await pixels(apart, text, lang, style)));
      });
    }

    it(`is not refused for ${lang}`, async () => {
      const { joined } = await read();
      const thin = 'font-weight:250'; // which the font that would stand in for it has not
      assert.ok(!(await pixels([joined], text, lang, thin)).equals(await pixels([], text, lang, thin)));
    });
  }

  it('is none where a slice holds what would be lost', async () => {
    const [slice] = await slicesFor('jp', '日');
    assert.ok(slice !== undefined);
    const font = Buffer.from(slice.font);
    font.write('COLR', font.indexOf('HVAR'), 'latin1');
    assert.throws(() => mergeSlices([font]), /table COLR/);
  });
});
