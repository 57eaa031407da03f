// Plain JavaScript: the setup runs it on whatever Node the machine has.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './cache-place.mjs';

const folder = join(root, 'dashboard');
const stampFile = join(folder, 'dist', '.built-from');

/** Builds the dashboard into `dashboard/dist`, unless what is there was made of the same sources and packages. */
export async function buildDashboard() {
  const sources = hashOfSources();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sources) return;
  console.error('Building the dashboard. This happens once for each version and takes some seconds.');
  const bin = join(root, 'node_modules', '.bin');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  // The Node of the lock file, where the machine's is older.
  const { status } = spawnSync('node', [vite, 'build', folder, '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) {
    console.error('The dashboard could not be built.');
    process.exit(status ?? 1);
  }
  writeFileSync(stampFile, sources);
}

function hashOfSources() {
  const sum = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  const isSource = (path) => !/^(dist|node_modules|test)(\/|$)/.test(path);
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const paths = files.map((file) => file.slice(folder.length + 1).replaceAll('\\', '/')).filter(isSource);
  for (const path of paths.sort()) sum.update(`${path}\n`).update(readFileSync(join(folder, path)));
  return sum.digest('hex');
}
