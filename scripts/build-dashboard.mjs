import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'dashboard');
const built = join(folder, 'dist');
const stampFile = join(built, '.built-from');

/**
 * Builds the dashboard into `dashboard/dist`, unless a complete build of the same sources and packages is there.
 * @throws {Error} with a readable message.
 */
export function buildDashboard() {
  const sources = hashOfSources();
  if (isBuiltFrom(sources)) return;
  console.error('Building the dashboard. This happens once per version and takes some seconds.');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const { status } = spawnSync(process.execPath, [vite, 'build', folder, '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error('The dashboard could not be built.');
  writeFileSync(stampFile, JSON.stringify({ sources, files: filesOf(built) }));
}

function isBuiltFrom(sources) {
  try {
    const stamp = JSON.parse(readFileSync(stampFile, 'utf8'));
    return stamp.sources === sources && stamp.files.every((file) => existsSync(join(built, file)));
  } catch {
    return false; // not built yet, or an incompatible stamp
  }
}

function hashOfSources() {
  const sum = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  const isSource = (path) => !/^(dist|node_modules|test)(\/|$)/.test(path);
  for (const path of filesOf(folder).filter(isSource)) sum.update(`${path}\n`).update(readFileSync(join(folder, path)));
  return sum.digest('hex');
}

/** The paths of all files below a folder, sorted. */
function filesOf(top) {
  const entries = readdirSync(top, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name).slice(top.length + 1));
  return paths.map((path) => path.replaceAll('\\', '/')).sort();
}
