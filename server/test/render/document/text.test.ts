import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { readyFonts } from '../../../src/render/browser/fonts.ts';
import { startTestRenderer, type TestRenderer } from '../harness.ts';

let renderer: TestRenderer;
before(async () => {
  renderer = await startTestRenderer();
});
after(() => renderer[Symbol.asyncDispose]());

/** The pixels of a text, drawn large. */
async function pixels(text: string, lang = 'en', style = '', by = renderer): Promise<Buffer> {
  const page = `<!doctype html><html lang="${lang}"><meta charset="utf-8"><body style="margin:0;font:150px sans-serif;${style}">${text}</body></html>`;
  const { bytes } = await by.draw('http://127.0.0.1:9/page', page);
  return sharp(bytes).raw().toBuffer();
}

/** Whether two texts look different: two boxes that stand for two missing letters do not. */
async function differ(one: string, other: string, lang?: string): Promise<boolean> {
  return !(await pixels(one, lang)).equals(await pixels(other, lang));
}

describe('text is drawn as text, not as boxes', () => {
  for (const [script, one, other] of [
    ['Latin', 'Ž', 'ß'],
    ['Greek', 'Ω', 'Ψ'],
    ['Cyrillic', 'Ж', 'Щ'],
    ['Chinese, simplified', '汉', '语'],
    ['Chinese, traditional', '繁', '體'],
    ['Japanese', 'あ', 'カ'],
    ['Korean', '한', '글'],
    ['Arabic', 'ع', 'ش'],
    ['Hebrew', 'א', 'ש'],
    ['Devanagari', 'क', 'ह'],
    ['Bengali', 'ক', 'হ'],
    ['Gurmukhi', 'ਕ', 'ਹ'],
    ['Gujarati', 'ક', 'હ'],
    ['Oriya', 'କ', 'ହ'],
    ['Tamil', 'க', 'ஹ'],
    ['Telugu', 'క', 'హ'],
    ['Kannada', 'ಕ', 'ಹ'],
    ['Malayalam', 'ക', 'ഹ'],
    ['Sinhala', 'ක', 'හ'],
    ['Thai', 'ก', 'ห'],
    ['Lao', 'ກ', 'ຫ'],
    ['Khmer', 'ក', 'ហ'],
    ['Burmese', 'က', 'ဟ'],
    ['Georgian', 'ა', 'ჰ'],
    ['Armenian', 'Ա', 'Ք'],
    ['Ethiopic', 'አ', 'ሀ'],
    ['symbols', '✓', '★'],
    ['emoji', '🎉', '🦊'],
    ['emoji with skin tones', '👍🏽', '👍🏿'],
    ['flags', '🇩🇪', '🇯🇵'],
  ] as const) {
    it(script, async () => assert.ok(await differ(one, other)));
  }

  it('emoji in colour', async () => {
    const found = await pixels('❤️');
    const isRed = (n: number) => (found[n] ?? 0) > 200 && (found[n + 1] ?? 255) < 100 && (found[n + 2] ?? 255) < 100;
    assert.ok(Array.from({ length: found.length / 3 }, (_, n) => n * 3).some(isRed));
  });

  it('an emoji of several people as one', async () => {
    const width = async (text: string) => {
      const found = await pixels(text, 'en', 'white-space:nowrap');
      return (
        await sharp(found, { raw: { width: 600, height: 315, channels: 3 } })
          .trim()
          .toBuffer({ resolveWithObject: true })
      ).info.width;
    };
    assert.ok((await width('👩‍👩‍👧')) < 1.5 * (await width('👩')));
  });

  it('Chinese characters as the language of the page writes them', async () => {
    const [ja, hans, hant] = await Promise.all(['ja', 'zh-Hans', 'zh-Hant'].map((lang) => pixels('直', lang)));
    assert.ok(ja !== undefined && hans !== undefined && hant !== undefined);
    assert.ok(!ja.equals(hans));
    assert.ok((await pixels('直', 'zh-TW')).equals(hant));
    assert.ok((await pixels('直', 'zh-CN')).equals(hans));
  });

  it('in the weight that the page asks for', async () => {
    for (const text of ['H', '你', 'ก']) {
      const [regular, bold] = await Promise.all([pixels(text), pixels(text, 'en', 'font-weight:700')]);
      assert.ok(!regular.equals(bold), text);
    }
  });
});

describe('a font of one’s own', () => {
  it('is found in the folder for them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ogplus-fonts-'));
    try {
      await writeFile(join(folder, 'mine.ttf'), await renamedSerif());
      await using own = await startTestRenderer({ fontsDir: folder });
      const wanted = `font-family:'Zoto Serif',monospace`;
      assert.ok((await pixels('Qg', 'en', wanted, own)).equals(await pixels('Qg', 'en', `font-family:'Noto Serif'`)));
      assert.ok((await pixels('Qg', 'en', wanted)).equals(await pixels('Qg', 'en', 'font-family:monospace')));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

/** Noto Serif under a name that no machine has. */
async function renamedSerif(): Promise<Buffer> {
  const [, folder = ''] = /<dir>(.*?)<\/dir>/.exec(await readyFonts()) ?? [];
  const utf16 = (text: string) => Buffer.from(text, 'utf16le').swap16();
  const font = await readFile(join(folder, 'noto-serif-latin-wght-normal.ttf'));
  const old = utf16('Noto Serif');
  for (let at = font.indexOf(old); at >= 0; at = font.indexOf(old, at + 1)) utf16('Zoto Serif').copy(font, at);
  return font;
}
