// Makes `dist/` for `npm pack`: the service in a few files, with the dashboard and the fonts. Node does not run TypeScript out of
// node_modules, and what is bundled is neither installed nor looked up file by file when a command starts.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { licencesOf } from '../../client/build/licences.mjs';
import { buildFonts } from '../../fonts/build/build-fonts.ts';
import { buildDashboard } from '../../scripts/build-dashboard.mjs';
import { buildDocsSite } from '../../scripts/build-docs.mjs';
import { installed } from './released-manifest.mjs';

const server = dirname(dirname(fileURLToPath(import.meta.url)));
const root = dirname(server);
const dist = join(server, 'dist');

/** Files that the code finds by its own address lie elsewhere in the package: `{ module: { inTheSource: inDist } }`. */
const places = {
  'fonts/src/index.ts': { '../dist': './fonts' },
  'server/src/service.ts': {
    '../../dashboard/dist': './dashboard',
    '../../dashboard/dist-shared-preview': './shared-preview',
    '../../docs/site/dist': './docs',
  },
  'server/src/listen.ts': { './http-worker.ts': './http-worker.js' },
  'server/src/document/reading-thread.ts': { './read-in-thread.ts': './read-in-thread.js' },
  'server/src/render/browser/process/starting-thread.ts': { './start-in-thread.ts': './start-in-thread.js' },
};
/** Read by `ogplus dev`. */
const live = ['live-page.html', 'live-page.css', 'live-page.js'];

rmSync(dist, { recursive: true, force: true });
const modules = await bundle();
writeFileSync(join(dist, 'LICENCES.txt'), licencesOf(modules, 'The folder of this file'));
for (const file of live) cpSync(join(server, 'src/cli/development', file), join(dist, file));
await buildDashboard();
cpSync(join(root, 'dashboard/dist'), join(dist, 'dashboard'), { recursive: true });
// Its fonts are the dashboard's.
for (const file of ['page.js', 'style.css']) {
  cpSync(join(root, 'dashboard/dist-shared-preview', file), join(dist, 'shared-preview', file));
}
await buildDocsSite();
cpSync(join(root, 'docs/site/dist'), join(dist, 'docs'), { recursive: true });
mkdirSync(join(dist, 'fonts'));
await buildFonts(join(dist, 'fonts'));
declarations();
for (const file of ['LICENSE', 'CHANGELOG.md']) cpSync(join(root, file), join(dist, file));

async function bundle() {
  const left = new Set(Object.keys(places));
  const { output } = await build({
    cwd: server,
    input: {
      main: 'src/main.ts',
      index: 'src/index.ts',
      'http-worker': 'src/http-worker.ts',
      'read-in-thread': 'src/document/read-in-thread.ts',
      'start-in-thread': 'src/render/browser/process/start-in-thread.ts',
    },
    platform: 'node',
    // The fonts come built.
    external: [...installed, '@ogplus/fonts/build'],
    plugins: [
      {
        name: 'places',
        transform(code, id) {
          const module = Object.keys(places).find((path) => id === join(root, path));
          if (module === undefined) return;
          left.delete(module);
          let changed = code;
          for (const [from, to] of Object.entries(places[module])) {
            if (!changed.includes(`new URL('${from}'`)) throw new Error(`${module} does not contain ${from}.`);
            changed = changed.replace(`new URL('${from}'`, `new URL('${to}'`);
          }
          return { code: changed, map: null };
        },
      },
    ],
    output: { dir: dist, format: 'esm', sourcemap: true, chunkFileNames: '[name]-[hash].js' },
  });
  if (left.size > 0) throw new Error(`Not in the bundle: ${[...left].join(', ')}`);
  for (const { fileName, type } of output) {
    if (type === 'asset' && fileName.endsWith('.map')) withoutForeignSources(join(dist, fileName));
  }
  return output.flatMap(({ moduleIds = [] }) => moduleIds);
}

/** Stack traces need no text of a source; that of our own is worth reading, that of others is three times as long. */
function withoutForeignSources(file) {
  const map = JSON.parse(readFileSync(file, 'utf8'));
  map.sourcesContent = map.sources.map((source, index) =>
    source.includes('node_modules') ? null : map.sourcesContent[index],
  );
  writeFileSync(file, JSON.stringify(map));
}

function declarations() {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const types = join(dist, 'types');
  const { status } = spawnSync(process.execPath, [tsc, '-p', join(server, 'tsconfig.build.json'), '--outDir', types], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
  for (const file of readdirSync(types, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.d.ts')) continue;
    const text = readFileSync(join(types, file), 'utf8');
    // TypeScript leaves the names of sources in declarations.
    writeFileSync(join(types, file), text.replaceAll(/((?:from|import\() ?'\.[^']*)\.ts'/g, "$1.js'"));
  }
}
