import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// The sizes of the files, written last.
const manifest = 'whole.json';
const prefix = 'draft-';
// Filling a folder takes seconds: an older draft was left by a killed process.
const draftLifetimeMs = 3_600_000;

// In `node_modules`: reinstalling the packages removes what was made of them.
const besidePackages = join(
  dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))),
  '../../../.cache/ogplus',
);
const ofTheMachine = '/var/cache/ogplus';
const ofThePerson = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'ogplus');

/**
 * Where to put what the browser reads, best place first: beside the dependencies, or, if that is read-only (a container),
 * `cacheDir`. A service that runs as root starts the browser as another user, who may not enter root's folders: then a place
 * open to others comes first.
 */
export function cachePlaces(
  cacheDir = ofThePerson,
  beside = besidePackages,
  isRoot = process.getuid?.() === 0,
): string[] {
  if (!isRoot) return [beside, cacheDir];
  const all = [beside, ofTheMachine, cacheDir];
  return [...all.filter(isOpenToOthers), ...all.filter((place) => !isOpenToOthers(place))];
}

/** Whether another user may enter the folder, or the nearest existing parent. */
function isOpenToOthers(folder: string): boolean {
  const mode = statSync(folder, { throwIfNoEntry: false })?.mode;
  if (mode !== undefined && (mode & 0o001) === 0) return false;
  return folder === dirname(folder) || isOpenToOthers(dirname(folder));
}

/**
 * The folder `name`, in the first place that has all of it or is writable. It is filled as a draft and renamed once
 * complete, so that no process ever sees a part of it.
 * @throws {Error} with a readable message.
 */
export async function wholeFolder(
  name: string,
  places: readonly string[],
  fill: (draft: string) => Promise<void>,
): Promise<string> {
  const place = places.find((one) => isWhole(join(one, name)) || isWritable(one));
  if (place === undefined) throw new Error(`${name} cannot be unpacked: neither ${places.join(' nor ')} is writable.`);
  const folder = join(place, name);
  if (isWhole(folder)) return folder;
  removeOldDrafts(place);
  const draft = mkdtempSync(join(place, prefix));
  try {
    await fill(draft);
    chmodSync(draft, 0o755); // created for one user alone, but the browser may run as another
    writeFileSync(join(draft, manifest), JSON.stringify(sizesIn(draft)));
    if (!isWhole(folder)) rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!isWhole(folder)) throw error; // otherwise another process was first
  }
  return folder;
}

/** A killed process or a full disk leaves files of other sizes than recorded. */
function isWhole(folder: string): boolean {
  try {
    const sizes = JSON.parse(readFileSync(join(folder, manifest), 'utf8')) as Record<string, number>;
    return Object.entries(sizes).every(([file, size]) => statSync(join(folder, file)).size === size);
  } catch {
    return false; // a file is missing
  }
}

function sizesIn(folder: string): Record<string, number> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const sizes = paths.map((path) => [path, statSync(join(folder, path))] as const);
  return Object.fromEntries(sizes.filter(([, found]) => found.isFile()).map(([path, { size }]) => [path, size]));
}

function removeOldDrafts(place: string): void {
  for (const name of readdirSync(place).filter((one) => one.startsWith(prefix))) {
    const madeAt = statSync(join(place, name), { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - madeAt > draftLifetimeMs) rmSync(join(place, name), { recursive: true, force: true });
  }
}

function isWritable(place: string): boolean {
  try {
    mkdirSync(place, { recursive: true });
    accessSync(place, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
