// Copies of what WordPress and Rails serve: the examples of this repository, started, asked and ended again.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { copySite } from './copy-site.mjs';

const example = (name) => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
const startMs = 60_000;
const theme = 'twentytwentythree';

/** What must be there, and how its copy is made. */
export const servedSites = {
  wordpress: { needs: ['php', 'mariadbd', '/usr/share/wordpress/wp-load.php'], copy: copyWordPress },
  rails: { needs: ['puma', 'rails'], copy: copyRails },
};

async function copyWordPress(work, copies) {
  const cwd = example('wordpress');
  run('sh', ['set-up.sh', work], { cwd });
  const port = await freePort();
  await using server = serve('sh', ['start.sh', work], { cwd, env: { HOST: '127.0.0.1', PORT: String(port) } });
  const origin = `http://127.0.0.1:${port}`;
  await server.answers(origin);
  await copySite(origin, ['/', '/ash-glaze/'], join(copies, 'wordpress'));
  if (!addTheme(join(work, 'site'))) return console.error(`wordpress: no theme ${theme}; the example's own alone.`);
  run('php', ['-r', `require $argv[1] . "/wp-load.php"; switch_theme("${theme}");`, join(work, 'site')], { cwd });
  await copySite(origin, ['/', '/ash-glaze/'], join(copies, 'wordpress-blocks'));
}

/** WordPress' own theme of blocks: of the machine, or out of Debian's package, which is not installed. */
function addTheme(site) {
  const to = join(site, 'wp-content', 'themes', theme);
  if (existsSync(to)) return true;
  const folder = mkdtempSync(join(tmpdir(), 'ogplus-theme-'));
  try {
    spawnSync('apt-get', ['download', '-qq', `wordpress-theme-${theme}`], { cwd: folder });
    const [file] = readdirSync(folder);
    if (file === undefined) return false;
    run('dpkg', ['-x', file, '.'], { cwd: folder });
    cpSync(join(folder, 'usr/share/wordpress/wp-content/themes', theme), to, { recursive: true, dereference: true });
    return true;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function copyRails(work, copies) {
  const cwd = example('rails');
  const env = { DATA_DIR: work, RAILS_ENV: 'production', SECRET_KEY_BASE: 'for-this-copy-alone'.repeat(5) };
  run('bin/rails', ['db:setup'], { cwd, env });
  const port = await freePort();
  const args = ['--bind', `tcp://127.0.0.1:${port}`, '--environment', 'production'];
  await using server = serve('puma', args, { cwd, env });
  const origin = `http://127.0.0.1:${port}`;
  await server.answers(origin);
  await copySite(origin, ['/', '/lighthouses/fastnet', '/visiting'], join(copies, 'rails'));
}

const shared = {
  OGPLUS_CONNECTION_URL: 'http://mlghbepw.localhost:3000',
  SITE_URL: 'http://127.0.0.1',
};

function run(command, args, { cwd, env = {} }) {
  const options = { cwd, env: { ...process.env, ...shared, ...env }, stdio: ['ignore', 'ignore', 'inherit'] };
  const { status, error } = spawnSync(command, args, options);
  if (status !== 0) throw new Error(`${command} failed: ${error?.message ?? status}`);
}

/** A server in a group of its own, which ends as a whole. */
function serve(command, args, { cwd, env }) {
  const options = { cwd, env: { ...process.env, ...shared, ...env }, stdio: 'ignore', detached: true };
  const child = spawn(command, args, options);
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', resolve);
  });
  return {
    async answers(origin) {
      for (const end = Date.now() + startMs; Date.now() < end; await pause(200)) {
        const response = await fetch(origin).catch(() => undefined);
        if (response?.ok) return;
      }
      throw new Error(`${command} does not answer.`);
    },
    async [Symbol.asyncDispose]() {
      if (child.pid === undefined) return;
      process.kill(-child.pid, 'SIGTERM');
      await ended;
    },
  };
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
