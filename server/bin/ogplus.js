#!/usr/bin/env node
// The command line needs Node 24. Where this is an older one, it starts again on the Node that the lock file brings.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const own = dirname(dirname(fileURLToPath(import.meta.url)));
// The repository has sources, a package what was made of them.
const isSource = existsSync(join(own, 'src', 'main.ts'));
const main = isSource ? join(own, 'src', 'main.ts') : join(own, 'dist', 'main.js');

if (Number(process.versions.node.split('.')[0]) >= 24) {
  if (process.env.NODE_COMPILE_CACHE === undefined) keepCompiled();
  await import(pathToFileURL(main).href);
} else {
  const node = [own, dirname(own)]
    .map((folder) => join(folder, 'node_modules', '.bin', 'node'))
    .find((path) => existsSync(path));
  if (node === undefined) {
    const mend = isSource ? 'Run "npm start" once: it brings one.' : 'Install one from https://nodejs.org.';
    console.error(`ogplus: Node 24 or newer is needed; this is ${process.version}. ${mend}`);
    process.exit(1);
  }
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 1;
    if (signal !== null) process.kill(process.pid, signal);
  });
}

/** What was compiled once starts twice as fast from then on; where nothing can be written, it is compiled each time. */
function keepCompiled() {
  const above = dirname(own);
  const modules = basename(above) === 'node_modules' ? above : join(above, 'node_modules');
  const caches = [join(modules, '.cache'), process.env.XDG_CACHE_HOME || join(homedir(), '.cache')];
  const { FAILED } = module.constants.compileCacheStatus;
  caches.find((cache) => module.enableCompileCache(join(cache, 'ogplus', 'compiled')).status !== FAILED);
}
