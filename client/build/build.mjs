// Makes `dist/`, for `npm pack`: one file for each entry, and the declarations. Plain JavaScript: npm runs it on the machine's
// own Node.
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { licencesOf } from './licences.mjs';

const client = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(client, 'dist');
const from = (...names) => Object.fromEntries(names.map((name) => [name, join(client, 'src', `${name}.ts`)]));

rmSync(dist, { recursive: true, force: true });
// An entry has its own file: an app that takes addresses alone loads nothing else.
for (const name of ['index', 'react', 'vue']) {
  await build({
    input: from(name),
    platform: 'neutral',
    external: ['react', 'vue'],
    // Rolldown warns that it might not keep 'use client'; a test checks that it did.
    checks: { moduleLevelDirective: false },
    output: { dir: dist, format: 'esm', minify: true },
  });
}

// The judgements of the service, bundled: one source for `ogplus verify`, `ogplus explain` and the matchers.
const modules = new Set();
for (const [format, extension] of [
  ['esm', 'js'],
  ['cjs', 'cjs'], // Jest loads it so
]) {
  const { output } = await build({
    input: { testing: join(client, 'testing/index.ts') },
    platform: 'node',
    output: { dir: dist, format, entryFileNames: `[name].${extension}` },
  });
  for (const { moduleIds = [] } of output) for (const id of moduleIds) modules.add(id);
}
cpSync(join(client, '../LICENSE'), join(dist, 'LICENSE'));
cpSync(join(client, 'setup'), join(dist, 'setup'), { recursive: true });
declarations();
writeFileSync(join(dist, 'LICENCES.txt'), licencesOf([...modules], 'The folder of this file'));

function declarations() {
  const all = join(dist, 'declarations');
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', join(client, 'tsconfig.build.json'), '--outDir', all], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
  // The service's own declarations are left behind: what the client declares does not mention them.
  cpSync(join(all, 'client/src'), dist, { recursive: true });
  cpSync(join(all, 'client/testing'), join(dist, 'testing'), { recursive: true });
  rmSync(all, { recursive: true });
  for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.d.ts')) continue;
    const text = readFileSync(join(dist, file), 'utf8').replaceAll("'../src/", "'../");
    // TypeScript leaves the names of sources in declarations.
    writeFileSync(join(dist, file), text.replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'"));
  }
}
