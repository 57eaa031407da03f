// Plain JavaScript: the setup runs it on whatever Node the machine has.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What keeps `node_modules` from being what the lock file says, in a few words; undefined where it is. npm writes down what
 * it installed when it is done: that record and the packages themselves are looked at, so that a tree that was copied in
 * part, is for another system or was left in the middle of an installation is found out.
 * @param {string} root of the project.
 * @param {boolean} dev whether what only tests and checks need has to be there too.
 * @param {{ platform: string, arch: string, libc?: string }} [machine]
 * @returns {string | undefined}
 */
export function whatIsMissing(root, dev, machine = thisMachine()) {
  const locked = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (locked === undefined || installed === undefined) return 'no installation was finished here';
  for (const [path, wanted] of Object.entries(locked)) {
    const found = installed[path];
    if (path === '' || (found === undefined && mayLack(wanted, dev))) continue;
    if (found === undefined || !existsSync(join(root, path, 'package.json'))) return `${path} is missing`;
    if (found.version !== wanted.version || found.integrity !== wanted.integrity) return `${path} is another version`;
    if (!suits(found, machine)) return `${path} is for another system`;
  }
  return leadsTo(root, 'ogplus', 'server/bin/ogplus.js') ? undefined : 'the commands are missing';
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined; // it is not there, or half of it is
  }
}

/** npm leaves out what is for other systems, and what is for developers where nobody is one. */
function mayLack({ optional, os, cpu, dev: forDevelopers, devOptional }, dev) {
  return optional || os !== undefined || cpu !== undefined || (!dev && (forDevelopers || devOptional));
}

function suits({ os, cpu, libc }, machine) {
  return allows(os, machine.platform) && allows(cpu, machine.arch) && (!machine.libc || allows(libc, machine.libc));
}

/** The lists of package.json, `["linux"]` or `["!win32"]`. */
function allows(list, value) {
  if (list === undefined) return true;
  return list.includes(value) || (list.every((one) => one.startsWith('!')) && !list.includes(`!${value}`));
}

/** A copy in place of npm's link, which some ways to copy a tree make, would not find the files beside it. */
function leadsTo(root, command, file) {
  try {
    return realpathSync(join(root, 'node_modules', '.bin', command)) === realpathSync(join(root, file));
  } catch {
    return false;
  }
}

/** Packages hold programs for a system and its C library, and none for a version of Node. */
function thisMachine() {
  const { platform, arch } = process;
  if (platform !== 'linux') return { platform, arch };
  process.report.excludeNetwork = true; // looking up names takes long, and is not wanted
  const { glibcVersionRuntime } = process.report.getReport().header;
  return { platform, arch, libc: glibcVersionRuntime === undefined ? 'musl' : 'glibc' };
}
