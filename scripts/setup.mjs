// Sets up what is missing before `npm start`, `npm test` and `npm run bench`. Plain JavaScript: it runs on whatever
// Node the machine has; everything after it runs on the Node that the lock file brings.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dev = process.argv.includes('--dev');
const stampFile = join(root, 'node_modules', '.cache', 'ogplus', 'setup.json');
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

if (!isSetUp()) install();
if (!hasBrowser()) await unpackBrowser();
if (process.platform === 'linux') await unpackFonts();
await buildDashboard();

function isSetUp() {
  if (!existsSync(stampFile)) return false;
  const stamp = JSON.parse(readFileSync(stampFile, 'utf8'));
  return stamp.lock === lock && (stamp.dev || !dev) && existsSync(join(root, 'node_modules', '.bin', 'ogplus'));
}

function install() {
  console.error('Installing what OpenGraph+ needs. This happens once and takes about a minute.');
  const npm = process.env.npm_execpath;
  const [command, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  // No package needs its install scripts; none gets to run one.
  const args = [...first, 'ci', '--ignore-scripts', '--loglevel=error', ...(dev ? [] : ['--omit=dev'])];
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) {
    console.error('The installation failed. Is the npm registry reachable?');
    process.exit(status ?? 1);
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, JSON.stringify({ lock, dev }));
}

function hasBrowser() {
  if (process.env.OGPLUS_BROWSER) return true;
  const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
  return (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) => names.some((name) => isExecutable(join(folder, name))));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

// Loaded when the packages are there.
async function unpackBrowser() {
  await (await import('./unpack-browser.mjs')).unpackBrowser();
}

async function unpackFonts() {
  await (await import('./unpack-fonts.mjs')).unpackFonts();
}

async function buildDashboard() {
  await (await import('./build-dashboard.mjs')).buildDashboard();
}
