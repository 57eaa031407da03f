// Installs the packages of folders outside the workspaces, `node scripts/install-beside.mjs bench/peers bench/corpus`, which
// benchmarks use and OpenGraph+ does not. Skips folders whose lock file has not changed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

for (const name of process.argv.slice(2)) {
  const folder = join(root, name);
  const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  const stamp = join(folder, 'node_modules', '.installed-lock.json');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) continue;
  console.error(`Installing the packages of ${name}.`);
  const npm = process.env.npm_execpath;
  const [command, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const args = ['ci', '--prefix', folder, '--workspaces=false', '--ignore-scripts', '--loglevel=error'];
  const { status } = spawnSync(command, [...first, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, lock);
}
