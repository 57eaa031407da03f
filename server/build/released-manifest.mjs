// `npm pack` takes package.json as it finds it: before, what is bundled is taken out of its dependencies; afterwards it is what it was.
import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Packages that are installed beside the bundle: they bring programs and libraries. */
export const installed = ['@sparticuz/chromium', 'sharp'];

const manifest = join(dirname(dirname(fileURLToPath(import.meta.url))), 'package.json');
const kept = `${manifest}.kept`;

/** The manifest of a release. */
export function released({ dependencies, devDependencies: _, scripts: __, private: ___, ...rest }) {
  const names = Object.entries(dependencies).filter(([name]) => installed.includes(name));
  return { ...rest, dependencies: Object.fromEntries(names) };
}

if (process.argv[2] === 'write') {
  if (!existsSync(kept)) copyFileSync(manifest, kept); // else a pack before was cut off
  writeFileSync(manifest, `${JSON.stringify(released(JSON.parse(readFileSync(kept, 'utf8'))), null, 2)}\n`);
} else if (process.argv[2] === 'restore' && existsSync(kept)) {
  renameSync(kept, manifest);
}
