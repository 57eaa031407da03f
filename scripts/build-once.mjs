import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Builds into a folder, unless a complete build of the same inputs and packages is there: who serves it from there keeps
 * its files.
 * @param {object} options
 * @param {string} options.root of the project.
 * @param {string} options.built the folder.
 * @param {(read: readonly string[]) => readonly string[]} options.inputs the files and folders that the build depends on,
 *   from the root; of a folder only its names count. Given what `build` returned.
 * @param {() => readonly string[] | Promise<readonly string[]>} options.build returns what it found out that it reads.
 */
export async function buildOnce({ root, built, inputs, build }) {
  const stampFile = join(built, '.built-from');
  const hash = (read) => hashOf(root, ['package-lock.json', ...inputs(read)]);
  if (isBuilt(built, stampFile, hash)) return;
  const read = await build();
  writeFileSync(stampFile, JSON.stringify({ read, sources: hash(read), files: filesOf(built) }));
}

function isBuilt(built, stampFile, hash) {
  try {
    const stamp = JSON.parse(readFileSync(stampFile, 'utf8'));
    return stamp.sources === hash(stamp.read) && stamp.files.every((file) => existsSync(join(built, file)));
  } catch {
    return false; // not built yet, an incompatible stamp, or an input is gone
  }
}

function hashOf(root, paths) {
  const sum = createHash('sha256');
  for (const path of paths) {
    const isFolder = path.endsWith('/');
    sum.update(`${path}\n`).update(isFolder ? readdirSync(join(root, path)).join() : readFileSync(join(root, path)));
  }
  return sum.digest('hex');
}

/** A package's own files, from the root: what it is built from. */
export function sourcesOf(root, folder) {
  const isSource = (path) => !/^(dist|dist-shared-preview|node_modules|test)(\/|$)/.test(path);
  return filesOf(join(root, folder))
    .filter(isSource)
    .map((path) => `${folder}/${path}`);
}

/** The paths of all files below a folder, sorted. */
function filesOf(top) {
  const entries = readdirSync(top, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name).slice(top.length + 1));
  return paths.map((path) => path.replaceAll('\\', '/')).sort();
}
