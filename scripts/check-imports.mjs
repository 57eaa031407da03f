// Checks server/src against docs/architecture.md: a folder imports only what its row in the table "Layers" names. No
// package has import cycles. Type imports count too: a reader follows them as well.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const layered = 'server/src';
const packages = [layered, 'dashboard/src', 'client', 'docs/site', 'fonts', 'bench', 'server/test'];

/** `{ folder: [folders it may import] }`, from the document's table. */
export function layersOf(document) {
  const [, section = ''] = document.split(/^## Layers$/m);
  const rows = section.split(/^## /m)[0].matchAll(/^\| `([\w-]+)\/` \|[^|]*\| ([^|]*) \|$/gm);
  return new Map(
    [...rows].map(([, folder, allowed]) => [folder, [...allowed.matchAll(/`([\w-]+)\/`/g)].map((m) => m[1])]),
  );
}

/** `Map(file → files it imports)`, paths below the folder. */
export function importsOf(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !file.includes('node_modules'),
  );
  const found = (file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/(?:\bfrom|\bimport\(?)\s*'(\.[^']+)'/g)]
      .map(([, path]) => normalize(join(dirname(file), path)))
      .filter((path) => !path.startsWith('..'));
  return new Map(files.map((file) => [file, found(file)]));
}

/** A sentence for each import that the layers do not allow. */
export function strayImports(imports, layers) {
  const folderOf = (file) => (file.includes(sep) ? file.split(sep)[0] : undefined);
  const faults = [];
  for (const folder of new Set([...imports.keys()].map(folderOf))) {
    if (folder !== undefined && !layers.has(folder)) faults.push(`${folder}/ has no row in the table "Layers"`);
  }
  for (const [file, targets] of imports) {
    const from = folderOf(file);
    // Files at the top compose the folders; the table lists who may import them as the folder `.`.
    if (from === undefined) continue;
    for (const target of targets) {
      const to = folderOf(target);
      if (to === from || to === undefined || layers.get(from)?.includes(to)) continue;
      faults.push(`${file} imports ${target}: ${from}/ may not import ${to}/`);
    }
  }
  return faults;
}

/** Each group of files that import each other. */
export function circlesOf(imports) {
  const circles = [];
  const order = new Map();
  const low = new Map();
  const stack = [];
  const visit = (file) => {
    order.set(file, order.size);
    low.set(file, order.get(file));
    stack.push(file);
    for (const target of imports.get(file) ?? []) {
      if (!order.has(target)) visit(target);
      if (stack.includes(target)) low.set(file, Math.min(low.get(file), low.get(target)));
    }
    if (low.get(file) !== order.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1) circles.push(circle);
  };
  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return circles;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const layers = layersOf(readFileSync(join(root, 'docs', 'architecture.md'), 'utf8'));
  const imports = new Map(packages.map((folder) => [folder, importsOf(join(root, folder))]));
  const faults = [
    ...strayImports(imports.get(layered), layers),
    ...[...imports].flatMap(([folder, files]) =>
      circlesOf(files).map((circle) => `an import cycle in ${folder}: ${circle.join(', ')}`),
    ),
  ];
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
  else {
    const count = [...imports.values()].reduce((sum, files) => sum + files.size, 0);
    console.log(`${count} files: layers of ${layered} as in docs/architecture.md, no import cycles`);
  }
}
