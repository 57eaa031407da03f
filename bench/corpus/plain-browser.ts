import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from '../../server/src/render/browser/find-browser.ts';
import { readyFonts } from '../../server/src/render/browser/fonts.ts';
import { viewport } from '../floor.ts';

export interface PlainBrowser extends AsyncDisposable {
  readonly browser: Browser;
  /** The browser's name and version. */
  readonly name: string;
}

// Glyphs and colours as in the cards; everything else is as Playwright starts a browser.
const args = [
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
  `--force-device-scale-factor=${viewport.deviceScaleFactor}`, // what is captured is the browser's own screen
  '--mute-audio',
];

/** The browser that cards are drawn with, with the same fonts, driven by Playwright: it draws its frames by itself. */
export async function startPlainBrowser(): Promise<PlainBrowser> {
  const found = await findBrowser(process.env['OGPLUS_BROWSER']);
  if (found.kind === 'remote') throw new Error('OGPLUS_BROWSER: the corpus starts a browser of its own.');
  const folder = mkdtempSync(join(tmpdir(), 'ogplus-corpus-'));
  const fonts = process.platform === 'linux' ? join(folder, 'fonts.conf') : undefined;
  if (fonts !== undefined) writeFileSync(fonts, await readyFonts());
  const env = { ...(process.env as Record<string, string>), TZ: 'UTC', LANG: 'en_US.UTF-8', ...found.environment };
  const browser = await chromium.launch({
    executablePath: found.path,
    args,
    chromiumSandbox: false,
    env: fonts === undefined ? env : { ...env, FONTCONFIG_FILE: fonts },
  });
  return {
    browser,
    name: `${found.path} ${browser.version()}`,
    async [Symbol.asyncDispose]() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
