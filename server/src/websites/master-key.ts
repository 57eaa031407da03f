import { randomBytes } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Store } from '../store/ports/store.ts';

const keyBytes = 32;
const mostTries = 50;
const mend = 'Put it back from a backup, or, before the first website was added, delete it.';

/** What was made with the key, if anything was. */
export type MadeWithKey = Pick<Store, 'websites' | 'members'>;

/** The installation's master key, `secret.key` in the data folder. @throws {Error} where `ensureMasterKey` made none. */
export async function masterKey(dataDir: string): Promise<Buffer> {
  const key = await read(pathIn(dataDir));
  if (key === undefined) throw new Error(`There is no master key ${pathIn(dataDir)}.`);
  return key;
}

/**
 * The master key, made at the first start, readable by its owner only. Two processes that start at once agree on one.
 * @param linkFile gives a file a second name; not every file system can.
 * @throws {Error} with a sentence for a person, where the key is gone that keys in the store were made with.
 */
export async function ensureMasterKey(dataDir: string, store: MadeWithKey, linkFile = link): Promise<Buffer> {
  const path = pathIn(dataDir);
  const key = await read(path);
  if (key !== undefined) return key;
  if (await isInUse(store)) {
    throw new Error(
      `The master key ${path} is gone, and the keys of the websites in the data folder were made with it. Put it back from a backup. Where there is none, make another with "head -c ${keyBytes} /dev/urandom > ${path}": every API key and signed address must then be replaced, and everybody must sign in again.`,
    );
  }
  return create(path, linkFile);
}

const pathIn = (dataDir: string) => join(dataDir, 'secret.key');

async function isInUse({ websites, members }: MadeWithKey): Promise<boolean> {
  return (await websites.list()).length > 0 || (await members.people()).length > 0;
}

async function read(path: string): Promise<Buffer | undefined> {
  // On some file systems another process may be writing it: for a moment it is shorter.
  for (let tries = 0; ; tries++) {
    const key = await readFile(path).catch(unless('ENOENT'));
    if (key === undefined || key.length === keyBytes) return key;
    if (tries === mostTries) throw new Error(`${path} is damaged: it must hold ${keyBytes} bytes. ${mend}`);
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
    // Without hard links: written in its place, by the one process that makes the file.
    if (!hasCode(error, 'EEXIST')) await write(path, key).catch(unless('EEXIST'));
  } finally {
    await rm(draft, { force: true });
  }
  const kept = await read(path); // another process may have been first: its key counts
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
