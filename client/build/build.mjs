// Makes `dist/`, for `npm pack`: one JavaScript file for each entry, and the declarations.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const client = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(client, 'dist');

rmSync(dist, { recursive: true, force: true });
await build({
  input: { index: join(client, 'src/index.ts') },
  platform: 'neutral',
  output: { dir: dist, format: 'esm', minify: true },
});
declarations();

function declarations() {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const args = ['-p', client, '--noEmit', 'false', '--declaration', '--emitDeclarationOnly'];
  const { status } = spawnSync(process.execPath, [tsc, ...args, '--outDir', dist, '--rootDir', join(client, 'src')], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
  // TypeScript leaves the names of sources in declarations.
  for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.d.ts')) continue;
    const text = readFileSync(join(dist, file), 'utf8');
    writeFileSync(join(dist, file), text.replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'"));
  }
}
