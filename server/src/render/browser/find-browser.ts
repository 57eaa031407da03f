import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { unpackBrowser } from '../../../../scripts/unpack-browser.mjs';

/** A Chromium to start, or to connect to. */
export type Browser =
  | {
      readonly kind: 'executable';
      readonly path: string;
      readonly environment: Readonly<Record<string, string>>;
      /** The text of a `fonts.conf` that it reads in place of the system's; undefined for the system's. */
      readonly fontconfig?: string;
      /** A folder with fonts beside those. */
      readonly ownFonts?: string | undefined;
    }
  | { readonly kind: 'remote'; readonly url: string };

const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * The browser to draw with: the configured one, the system's, or the one that comes with npm, unpacked on first use.
 * @param cacheDir where that one goes should `node_modules` not be writable.
 * @throws {Error} with a sentence for a person.
 */
export async function findBrowser(
  configured: string | undefined,
  path = process.env['PATH'],
  cacheDir?: string,
): Promise<Browser> {
  if (configured !== undefined) return configuredBrowser(configured);
  const folders = (path ?? '').split(delimiter).filter((folder) => folder !== '');
  const system = [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...places].find(
    isExecutable,
  );
  if (system !== undefined) return { kind: 'executable', path: system, environment: {} };
  const { executable, environment } = await unpackBrowser(cacheDir);
  return { kind: 'executable', path: executable, environment };
}

function configuredBrowser(configured: string): Browser {
  if (/^wss?:\/\//.test(configured)) return { kind: 'remote', url: configured };
  if (isExecutable(configured)) return { kind: 'executable', path: configured, environment: {} };
  const why = existsSync(configured) ? 'this is no program that may be executed' : 'there is no program at this path';
  throw new Error(`OGPLUS_BROWSER=${configured}: ${why}.`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
