// Plain JavaScript: the setup runs it on the machine's own Node.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Why `node_modules` differs from the lock file, in a few words; undefined if it does not. Checks npm's own record, which
 * it writes last, and the packages themselves, to detect a partial copy, a tree for another system, and an interrupted
 * installation.
 * @param {string} root of the project.
 * @param {boolean} dev whether development dependencies are required too.
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
    return undefined; // missing or incomplete
  }
}

/** npm omits packages for other systems, and development dependencies unless they are wanted. */
function mayLack({ optional, os, cpu, dev: forDevelopers, devOptional }, dev) {
  return optional || os !== undefined || cpu !== undefined || (!dev && (forDevelopers || devOptional));
}

function suits({ os, cpu, libc }, machine) {
  return allows(os, machine.platform) && allows(cpu, machine.arch) && (!machine.libc || allows(libc, machine.libc));
}

/** A list of package.json, `["linux"]` or `["!win32"]`. */
function allows(list, value) {
  if (list === undefined) return true;
  return list.includes(value) || (list.every((one) => one.startsWith('!')) && !list.includes(`!${value}`));
}

/** Some ways to copy a tree replace npm's link by a copy, which would not find its neighbouring files. */
function leadsTo(root, command, file) {
  try {
    return realpathSync(join(root, 'node_modules', '.bin', command)) === realpathSync(join(root, file));
  } catch {
    return false;
  }
}

/** Packages depend on the system and its C library, not on Node's version. */
function thisMachine() {
  const { platform, arch } = process;
  if (platform !== 'linux') return { platform, arch };
  process.report.excludeNetwork = true; // resolving names takes long
  const { glibcVersionRuntime } = process.report.getReport().header;
  return { platform, arch, libc: glibcVersionRuntime === undefined ? 'musl' : 'glibc' };
}
