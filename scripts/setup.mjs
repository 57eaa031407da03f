// Sets up what is missing before `npm start`, `npm test` and `npm run bench`. Plain JavaScript: it runs on the machine's
// own Node; everything after the installation runs on the Node of the lock file.
import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { whatIsMissing } from './installed.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dev = process.argv.includes('--dev');

const missing = whatIsMissing(root, dev);
if (missing !== undefined) install(missing);
await prepare();

function install(why) {
  console.error(`Installing OpenGraph+'s packages, because ${why}. This takes about a minute.`);
  const npm = process.env.npm_execpath;
  const [command, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  // No package needs its install scripts, and none may run them.
  const args = [...first, 'ci', '--ignore-scripts', '--loglevel=error', ...(dev ? [] : ['--omit=dev'])];
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) {
    console.error('The installation failed. Is the npm registry reachable?');
    process.exit(status ?? 1);
  }
  const still = whatIsMissing(root, dev);
  if (still !== undefined) console.error(`npm is done, but ${still}: the next start will install again.`);
}

/** Browser, fonts and dashboard, on the lock file's Node if the machine's is too old to run TypeScript. */
async function prepare() {
  const steps = join(root, 'scripts', 'prepare.mjs');
  if (Number(process.versions.node.split('.')[0]) >= 24) return import(pathToFileURL(steps).href);
  const bin = join(root, 'node_modules', '.bin');
  const { status } = spawnSync('node', [steps], {
    cwd: root,
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) process.exit(status ?? 1);
}
