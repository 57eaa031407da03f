import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { unpackBrowser } from './unpack-browser.ts';
import { cachePlaces } from './whole-folder.ts';

/** A Chromium to start, or to connect to. */
export type Browser =
  | {
      readonly kind: 'executable';
      readonly path: string;
      readonly environment: Readonly<Record<string, string>>;
      /** The text of a `fonts.conf` that replaces the system's; undefined for the system's. */
      readonly fontconfig?: string;
      /** A folder with additional fonts. */
      readonly ownFonts?: string | undefined;
    }
  | { readonly kind: 'remote'; readonly url: string };

const shells = ['chromium-headless-shell', 'chrome-headless-shell'];
const fullBrowsers = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Where to look for browsers. */
export interface Machine {
  /** `PATH`. */
  readonly path?: string | undefined;
  /** Where the bundled browser is unpacked if `node_modules` is not writable. */
  readonly cacheDir?: string | undefined;
  /** Unpacks the bundled browser. Rejects if it does not run on this machine. */
  readonly unpack?: typeof unpackBrowser;
}

/**
 * Finds the browser: the configured one; the headless shell bundled with npm, unpacked on first use; the system's headless
 * shell; the system's Chromium or Chrome (docs/decisions/0024-which-browser.md).
 * @throws {Error} with a readable message.
 */
export async function findBrowser(configured: string | undefined, machine: Machine = {}): Promise<Browser> {
  if (configured !== undefined) return configuredBrowser(configured);
  try {
    const { executable, environment } = await (machine.unpack ?? unpackBundled)(cachePlaces(machine.cacheDir));
    return { kind: 'executable', path: executable, environment };
  } catch (error) {
    const path = installed(shells, machine.path) ?? fullBrowser(machine.path);
    if (path === undefined) throw error;
    return { kind: 'executable', path, environment: {} };
  }
}

/** The system's Chromium or Chrome, if installed. */
export function fullBrowser(path?: string): string | undefined {
  return installed(fullBrowsers, path) ?? places.find(isExecutable);
}

function installed(names: readonly string[], path = process.env['PATH'] ?? ''): string | undefined {
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** The package contains a program for Linux on x64. */
async function unpackBundled(places: readonly string[]): ReturnType<typeof unpackBrowser> {
  if (process.platform === 'linux' && process.arch === 'x64') return unpackBrowser(places);
  throw new Error('No Chromium or Chrome was found: install one, or set OGPLUS_BROWSER to its path.');
}

function configuredBrowser(configured: string): Browser {
  if (/^wss?:\/\//.test(configured)) return { kind: 'remote', url: configured };
  if (isExecutable(configured)) return { kind: 'executable', path: configured, environment: {} };
  const why = existsSync(configured) ? 'this is not an executable program' : 'there is no program at this path';
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
