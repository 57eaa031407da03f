import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The licences of the packages whose code a bundle contains, which they ask to be kept with it.
 * @param {readonly string[]} modules the paths of the bundle's modules.
 * @param {string} bundle its name in a sentence.
 */
export function licencesOf(modules, bundle) {
  const folders = new Set(modules.filter((path) => path.includes('node_modules')).map(packageOf));
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    if (file !== undefined) return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
    // Some name it in their package.json alone.
    if (typeof license !== 'string') throw new Error(`${name} names no licence.`);
    const by = typeof author === 'string' ? author : author?.name;
    return `${name} ${version}\n\nLicence: ${license}${by === undefined ? '' : `\nCopyright (c) ${by}`}\n`;
  });
  return `${bundle} contains code of these packages.\n\n${texts.join('\n---\n\n')}`;
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
