import { execFile } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cachePlaces, wholeFolder } from './whole-folder.ts';

const run = promisify(execFile);

const entry = import.meta.resolve('@sparticuz/chromium');
const packageFolder = dirname(dirname(fileURLToPath(entry)));

/**
 * Unpacks the Chromium bundled in an npm package, once, and returns how to start it.
 * @throws {Error} with a readable message if it cannot be unpacked or does not start on this machine.
 */
export async function unpackBrowser(
  places: readonly string[] = cachePlaces(),
): Promise<{ executable: string; environment: Record<string, string> }> {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const folder = await wholeFolder(`chromium-${version}`, places, unpack);
  return { executable: join(folder, 'chromium'), environment: await environmentFor(folder) };
}

/** The package unpacks into the temporary folder and trusts what is already there, so it gets an empty one. */
async function unpack(draft: string): Promise<void> {
  const script = `import(${JSON.stringify(entry)}).then((m) => (m.default.default ?? m.default).executablePath())`;
  try {
    await run(process.execPath, ['-e', script], {
      // AWS_EXECUTION_ENV makes it unpack the libraries that a bare system may lack.
      env: { PATH: process.env['PATH'] ?? '', TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    });
    chmodSync(join(draft, 'chromium'), 0o755);
  } catch (error) {
    const why = error instanceof Error ? error.message : error;
    throw new Error(`The bundled browser could not be unpacked: ${why}`);
  }
}

/** Uses the package's libraries where the system lacks them. */
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
