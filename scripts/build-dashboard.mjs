import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildOnce, sourcesOf } from './build-once.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'dashboard');

/**
 * Builds the dashboard into `dashboard/dist`, and the page of shared previews into `dashboard/dist-shared-preview`, unless they
 * are there.
 * @throws {Error} with a readable message.
 */
export async function buildDashboard() {
  await buildOnce({ root, built: join(folder, 'dist'), inputs, build: () => build('vite.config.ts') });
  const config = 'vite.shared-preview.config.ts';
  await buildOnce({ root, built: join(folder, 'dist-shared-preview'), inputs, build: () => build(config) });
}

/** Its own files, and what it shares with the service. */
function inputs() {
  const shared = ['server/src/model', 'server/src/snippets'];
  return ['dashboard', ...shared].flatMap((part) => sourcesOf(root, part));
}

function build(config) {
  console.error('Building the dashboard. This happens once per version and takes some seconds.');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', folder, '--config', join(folder, config), '--logLevel', 'warn'];
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error('The dashboard could not be built.');
  return [];
}
