// Plain JavaScript: the setup runs it on whatever Node the machine has.
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { placeFor, root } from './cache-place.mjs';

const run = promisify(execFile);

/**
 * Unpacks the Chromium that comes inside an npm package, once, and says how to start it.
 * @param {string} [cacheDir] where to, should the dependencies' own folder not be writable.
 * @returns {Promise<{ executable: string, environment: Record<string, string> }>}
 */
export async function unpackBrowser(cacheDir) {
  const entry = createRequire(join(root, 'server/package.json')).resolve('@sparticuz/chromium');
  const packageFolder = entry.slice(
    0,
    entry.lastIndexOf(join('@sparticuz', 'chromium')) + join('@sparticuz', 'chromium').length,
  );
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  const name = `chromium-${version}`;

  const shared = placeFor(name, cacheDir);
  const folder = join(shared, name);
  if (!existsSync(folder)) await unpack(entry, shared, folder);
  openTo(folder);
  return { executable: join(folder, 'chromium'), environment: await environmentFor(folder) };
}

async function unpack(entry, shared, folder) {
  // The package unpacks into the temporary folder and believes what lies there already: it gets an empty one of its own.
  const draft = mkdtempSync(join(shared, 'draft-'));
  const script = `import(${JSON.stringify(pathToFileURL(entry).href)}).then((m) => (m.default.default ?? m.default).executablePath())`;
  try {
    await run(process.execPath, ['-e', script], {
      // AWS_EXECUTION_ENV makes it unpack the libraries that a bare system may lack.
      env: { PATH: process.env.PATH ?? '', TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    });
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (existsSync(folder)) return; // another process was first
    throw new Error(`The browser that comes with npm could not be unpacked: ${error.message}`);
  }
}

/** A service that is root runs the browser as another user, who must be able to: the folder was made for one user alone. */
function openTo(folder) {
  if (process.getuid?.() !== 0) return;
  for (const path of [folder, join(folder, 'chromium')]) chmodSync(path, 0o755);
}

/** Libraries of the package stand in where the system has none. */
async function environmentFor(folder) {
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
