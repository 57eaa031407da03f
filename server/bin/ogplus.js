#!/usr/bin/env node
// The command line needs Node 24. Where this is an older one, it starts again on the Node that the lock file brings.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const main = join(here, '..', 'src', 'main.ts');

if (Number(process.versions.node.split('.')[0]) >= 24) {
  // What was compiled once starts twice as fast from then on; where nothing can be written, it is compiled each time.
  if (process.env.NODE_COMPILE_CACHE === undefined) {
    module.enableCompileCache(join(here, '..', '..', 'node_modules', '.cache', 'ogplus', 'compiled'));
  }
  await import(main);
} else {
  const node = [join(here, '..'), join(here, '..', '..')]
    .map((folder) => join(folder, 'node_modules', '.bin', 'node'))
    .find((path) => existsSync(path));
  if (node === undefined) {
    console.error(
      `ogplus: Node 24 or newer is needed; this is ${process.version}. Run "npm start" once: it brings one.`,
    );
    process.exit(1);
  }
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 1;
    if (signal !== null) process.kill(process.pid, signal);
  });
}
