import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const client = fileURLToPath(new URL('..', import.meta.url));

/** An empty project in which the packed client is installed. */
export interface Project extends AsyncDisposable {
  readonly folder: string;
  /** The installed package. */
  readonly client: string;
  /** The files in the package. */
  readonly files: readonly string[];
}

/** Packs the client as for the registry, and unpacks it where npm would put it. */
export async function installPacked(): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'ogplus-client-'));
  // npm 10, which comes with Node 20, and later ones say where they packed in different shapes; the folder does not.
  const said = execFileSync('npm', ['pack', '--json', '--loglevel=error', '--pack-destination', folder], {
    cwd: client,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [{ filename, files }] = JSON.parse(said.slice(said.indexOf('[\n'))) as [
    { filename: string; files: Array<{ path: string }> },
  ];
  const installed = join(folder, 'node_modules', '@ogplus', 'client');
  await mkdir(installed, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, filename), '-C', installed, '--strip-components=1']);
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  return {
    folder,
    client: installed,
    files: files.map(({ path }) => path),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

export interface NodeProgram {
  readonly path: string;
  readonly version: string;
}

/** The Nodes of this machine, one of each major version: that of the lock file, and what else is on the path. */
export function nodesOfThisMachine(): NodeProgram[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const found = new Map<string, NodeProgram>();
  for (const path of [process.execPath, ...folders.map((folder) => join(folder, 'node'))]) {
    const version = versionOf(path);
    const major = version?.split('.', 1)[0];
    if (version !== undefined && major !== undefined && !found.has(major)) found.set(major, { path, version });
  }
  return [...found.values()];
}

function versionOf(path: string): string | undefined {
  try {
    return execFileSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined; // not there
  }
}
