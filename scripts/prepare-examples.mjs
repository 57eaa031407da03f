// Before `npm run examples`: the packages of each example, and in them the client as it is packed from these sources.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const client = join(root, 'client');
const wanted = process.argv.slice(2);

run(join(client, 'build', 'build.mjs'));
const examples = readdirSync(join(root, 'examples')).filter(
  (name) =>
    existsSync(join(root, 'examples', name, 'package-lock.json')) && (wanted.length === 0 || wanted.includes(name)),
);
if (examples.length > 0)
  run(join(root, 'scripts', 'install-beside.mjs'), ...examples.map((name) => `examples/${name}`));
for (const name of examples) {
  const copy = join(root, 'examples', name, 'node_modules', '@ogplus', 'client');
  rmSync(copy, { recursive: true, force: true });
  for (const part of [...JSON.parse(readFileSync(join(client, 'package.json'), 'utf8')).files, 'package.json']) {
    cpSync(join(client, part), join(copy, part), { recursive: true });
  }
}

function run(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
