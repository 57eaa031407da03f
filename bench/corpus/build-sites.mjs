// `npm run corpus:sites`: builds a small website with each framework into `out/sites`, for `npm run corpus` to draw, and copies
// what servers answer.
// `npm run corpus:sites -- next astro` builds these only.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { servedSites } from './build-served-sites.mjs';

const folder = fileURLToPath(new URL('./sites', import.meta.url));
const out = fileURLToPath(new URL('./out/sites', import.meta.url));

/** Each with the command that builds it, and where its files are then. Sphinx and MkDocs are programs of the machine. */
const builds = {
  next: [['next', 'build'], 'out'],
  nuxt: [['nuxt', 'generate'], '.output/public'],
  astro: [['astro', 'build'], 'dist'],
  starlight: [['astro', 'build'], 'dist'],
  sveltekit: [['vite', 'build'], 'build'],
  'react-router': [['react-router', 'build'], 'build/client'],
  eleventy: [['eleventy', '--output=dist'], 'dist'],
  vitepress: [['vitepress', 'build'], '.vitepress/dist'],
  docusaurus: [['docusaurus', 'build', '--no-minify', '--config', 'docusaurus.config.mjs'], 'build'],
  mkdocs: [['mkdocs', 'build', '-d', 'dist'], 'dist'],
  sphinx: [['sphinx-build', '-q', '.', 'dist'], 'dist'],
};

const env = {
  ...process.env,
  PATH: `${join(folder, 'node_modules', '.bin')}:${process.env.PATH}`,
  CI: '1',
  ASTRO_TELEMETRY_DISABLED: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  NUXT_TELEMETRY_DISABLED: '1',
  NODE_ENV: 'production',
};

const wanted = process.argv.slice(2);
for (const [name, [[command, ...args], built]] of Object.entries(builds)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const cwd = join(folder, name);
  const { status, error } = spawnSync(command, args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
  if (error?.code === 'ENOENT') console.error(`${name}: this machine has no ${command}; left out.`);
  else if (status !== 0 || !existsSync(join(cwd, built))) console.error(`${name}: the build failed.`);
  else {
    mkdirSync(out, { recursive: true });
    rmSync(join(out, name), { recursive: true, force: true });
    cpSync(join(cwd, built), join(out, name), { recursive: true });
    console.log(`${name}: built.`);
  }
}

const isThere = (program) =>
  program.startsWith('/')
    ? existsSync(program)
    : [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'].some((at) => existsSync(join(at, program)));
for (const [name, { needs, copy }] of Object.entries(servedSites)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const missing = needs.find((program) => !isThere(program));
  if (missing !== undefined) {
    console.error(`${name}: this machine has no ${missing}; left out.`);
    continue;
  }
  const work = mkdtempSync(join(tmpdir(), `ogplus-${name}-`));
  try {
    await copy(work, out);
    console.log(`${name}: copied.`);
  } catch (error) {
    console.error(`${name}: ${error.message}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
