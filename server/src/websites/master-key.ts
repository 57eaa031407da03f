import { createHmac, randomBytes } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Store } from '../store/ports/store.ts';

const keyBytes = 32;
const mostTries = 50;
const advice = 'Restore it from a backup, or delete it if no website was added yet.';

/** The file of the master key. */
export const masterKeyFile = 'secret.key';

const pathIn = (dataDir: string) => join(dataDir, masterKeyFile);

/** Used to check whether anything was derived from the key, and from which. */
export type MadeWithKey = Pick<Store, 'websites' | 'members' | 'keyCheck'>;

/** Where the key is: given by the operator, for several machines, or a file of the data folder. */
export interface KeyPlace {
  readonly dataDir: string;
  readonly masterKey?: Buffer | undefined;
}

/** The key of a text, 32 bytes in base64url; undefined if it is none. */
export function parseMasterKey(text: string): Buffer | undefined {
  const key = Buffer.from(text, 'base64url');
  return key.length === keyBytes && /^[\w-]+=*$/.test(text) ? key : undefined;
}

/** The installation's master key. @throws {Error} without one (see `ensureMasterKey`). */
export async function masterKey({ dataDir, masterKey: given }: KeyPlace): Promise<Buffer> {
  const key = given ?? (await read(pathIn(dataDir)));
  if (key === undefined) throw new Error(`There is no master key ${pathIn(dataDir)}.`);
  return key;
}

/**
 * The master key, created at the first start, readable only by its owner. Two processes that start together agree on one.
 * @param linkFile makes a hard link; not every file system can.
 * @throws {Error} with a readable message where the key is missing, or another one, although keys in the store depend on it.
 */
export async function ensureMasterKey(place: KeyPlace, store: MadeWithKey, linkFile = link): Promise<Buffer> {
  const key = place.masterKey ?? (await ensureFile(place.dataDir, store, linkFile));
  const check = createHmac('sha256', key).update('check of the master key').digest('base64url');
  if ((await store.keyCheck(check)) === check) return key;
  if (!(await isInUse(store)) && (await store.keyCheck(check, 'replace')) === check) return key;
  const which = place.masterKey === undefined ? pathIn(place.dataDir) : 'OGPLUS_MASTER_KEY';
  throw new Error(
    `${which} is not the master key that the websites' keys were derived from. Set the same OGPLUS_MASTER_KEY on every machine. To print the one in a file: basenc --base64url secret.key`,
  );
}

async function ensureFile(dataDir: string, store: MadeWithKey, linkFile: typeof link): Promise<Buffer> {
  const path = pathIn(dataDir);
  const key = await read(path);
  if (key !== undefined) return key;
  if (await isInUse(store)) {
    throw new Error(
      `The master key ${path} is missing, but websites depend on it. Restore it from a backup, or set OGPLUS_MASTER_KEY if another machine has it. Without a backup, create a new one with "head -c ${keyBytes} /dev/urandom > ${path}"; then every API key and signed address must be replaced, and everybody must sign in again.`,
    );
  }
  return create(path, linkFile);
}

async function isInUse({ websites, members }: MadeWithKey): Promise<boolean> {
  return (await websites.list()).length > 0 || (await members.people()).length > 0;
}

async function read(path: string): Promise<Buffer | undefined> {
  // On some file systems another process may still be writing it.
  for (let tries = 0; ; tries++) {
    const key = await readFile(path).catch(unless('ENOENT'));
    if (key === undefined || key.length === keyBytes) return key;
    if (tries === mostTries) throw new Error(`${path} is damaged: it must hold ${keyBytes} bytes. ${advice}`);
    await setTimeout(20);
  }
}

async function create(path: string, linkFile: typeof link): Promise<Buffer> {
  const key = randomBytes(keyBytes);
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await write(draft, key);
    await linkFile(draft, path);
  } catch (error) {
    // Without hard links: written in place, by the one process that creates the file.
    if (!hasCode(error, 'EEXIST')) await write(path, key).catch(unless('EEXIST'));
  } finally {
    await rm(draft, { force: true });
  }
  const kept = await read(path); // another process may have been first: its key is used
  if (kept === undefined) throw new Error(`The master key ${path} could not be written.`);
  return kept;
}

async function write(path: string, key: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(key);
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

const hasCode = (error: unknown, code: string) => error instanceof Error && 'code' in error && error.code === code;

function unless(code: string): (error: unknown) => undefined {
  return (error) => {
    if (!hasCode(error, code)) throw error;
  };
}
