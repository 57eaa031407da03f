import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildOnce, sourcesOf } from './build-once.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'dashboard');

/**
 * Builds the dashboard into `dashboard/dist`, unless it is there.
 * @throws {Error} with a readable message.
 */
export function buildDashboard() {
  return buildOnce({ root, built: join(folder, 'dist'), inputs, build });
}

/** Its own files, and what it shares with the service. */
function inputs() {
  return ['dashboard', 'server/src/model/networks'].flatMap((part) => sourcesOf(root, part));
}

function build() {
  console.error('Building the dashboard. This happens once per version and takes some seconds.');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const { status } = spawnSync(process.execPath, [vite, 'build', folder, '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error('The dashboard could not be built.');
  return [];
}
