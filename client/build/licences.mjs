import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The licences of the packages whose code a bundle contains, which they ask to be kept with it.
 * @param {readonly string[]} modules the paths of the bundle's modules.
 */
export function licencesOf(modules) {
  const folders = new Set(modules.filter((path) => path.includes('node_modules')).map(packageOf));
  const texts = [...folders].sort().map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no file with its licence.`);
    return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  return `testing.js and testing.cjs contain code of these packages.\n\n${texts.join('\n---\n\n')}`;
}

/** The folder of the package that a module belongs to. */
function packageOf(module) {
  let folder = dirname(module);
  // Some packages have a package.json without a name in a folder of each module format.
  while (!existsSync(join(folder, 'package.json')) || !nameOf(folder)) folder = dirname(folder);
  return folder;
}

function nameOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name;
}
