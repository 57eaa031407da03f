import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

const keyBytes = 32;

/**
 * The installation's master key, `secret.key` in the data folder, made at the first start and readable by its owner only.
 * Two processes that start at once agree on one.
 */
export async function masterKey(dataDir: string): Promise<Buffer> {
  const path = join(dataDir, 'secret.key');
  return (await read(path)) ?? (await create(dataDir, path));
}

async function read(path: string): Promise<Buffer | undefined> {
  try {
    const key = await readFile(path);
    if (key.length !== keyBytes) throw new Error(`${path} is damaged: it must hold ${keyBytes} bytes.`);
    return key;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function create(dataDir: string, path: string): Promise<Buffer> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const key = randomBytes(keyBytes);
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(key);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(draft, path); // fails where another process was first: its key counts
    return key;
  } catch {
    return (await read(path)) ?? key;
  } finally {
    await rm(draft, { force: true });
  }
}
