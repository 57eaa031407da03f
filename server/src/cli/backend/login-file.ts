import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CommandError } from '../terminal.ts';
import type { ServiceAccess } from './service-api.ts';

/** The service that the person has logged in to. @throws {CommandError} where the file cannot be read. */
export async function readLogin(file: string): Promise<ServiceAccess | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw new CommandError(`${file} cannot be read: ${error instanceof Error ? error.message : error}.`);
  }
  try {
    const { service, apiKey } = JSON.parse(text) as Partial<Record<string, unknown>>;
    if (typeof service === 'string' && URL.canParse(service) && typeof apiKey === 'string') return { service, apiKey };
  } catch {
    // said below
  }
  throw new CommandError(`${file} is damaged. Log in again (npx ogplus login), or delete it.`);
}

/** Keeps the login, readable only by this person. */
export async function writeLogin(file: string, { service, apiKey }: ServiceAccess): Promise<void> {
  const draft = `${file}.${process.pid}`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await rm(draft, { force: true });
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify({ service, apiKey }, null, 2)}\n`);
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {}); // the first error says why
    throw new CommandError(`The login cannot be kept in ${file}: ${error instanceof Error ? error.message : error}.`);
  }
}
