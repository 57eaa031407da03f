// Plain JavaScript: the setup runs it on whatever Node the machine has.
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * The folder that holds `name`, or that can come to hold it: beside the dependencies, or, where those cannot be written
 * (a read-only container), `cacheDir`.
 * @param {string} name
 * @param {string} [cacheDir] `~/.cache/ogplus` without it.
 * @returns {string}
 */
export function placeFor(name, cacheDir = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'ogplus')) {
  const places = [join(root, 'node_modules', '.cache', 'ogplus'), cacheDir];
  const place = places.find((one) => existsSync(join(one, name))) ?? places.find(isWritable);
  if (place === undefined)
    throw new Error(`${name} cannot be unpacked: neither ${places.join(' nor ')} can be written.`);
  return place;
}

function isWritable(place) {
  try {
    mkdirSync(place, { recursive: true });
    accessSync(place, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
