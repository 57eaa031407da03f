import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, connectionUrl } from '../config.ts';
import type { PublicKey, Target, Website } from '../model/website.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/ports/store.ts';
import { apiKeyOf, secretKeyOf } from '../websites/keys.ts';
import { ensureMasterKey, masterKey } from '../websites/master-key.ts';
import { parseOrigin, parsePageUrl } from '../websites/parse.ts';
import { CommandError } from './terminal.ts';

/** Opens the store that a running service shares. */
export async function storeOf({ dataDir }: Config): Promise<Store> {
  await using parts = new AsyncDisposableStack();
  const store = parts.use(await openStore(dataDir));
  await ensureMasterKey(dataDir, store);
  parts.move();
  return store;
}

/** For commands that can do without a store: undefined if this machine has none. Creates nothing. */
export async function storeIfThere(config: Config): Promise<Store | undefined> {
  return existsSync(join(config.dataDir, 'ogplus.sqlite')) ? storeOf(config) : undefined;
}

/** A website's addresses, without its keys. */
export function identity(config: Config, { id, origin, connection }: Website) {
  return { id, origin, connection, connectionUrl: connectionUrl(config, connection) };
}

/** A key's secrets: the last fields of `site create --json`, and all of `site key create --json`. */
export async function credentials(config: Config, publicKey: PublicKey) {
  const secretKey = secretKeyOf(await masterKey(config.dataDir), publicKey);
  return { publicKey, secretKey, apiKey: apiKeyOf(publicKey, secretKey) };
}

/** @throws {CommandError} if the address is invalid or no website has it. */
export async function websiteAt(store: Store, address: string): Promise<Website> {
  const origin = orCommandError(() => parseOrigin(address));
  const website = await store.websites.byOrigin(origin);
  if (website === undefined) throw unknown(origin);
  return website;
}

/** @throws {CommandError} as `websiteAt`. */
export async function pageAt(store: Store, address: string): Promise<{ website: Website; target: Target }> {
  const { origin, target } = orCommandError(() => parsePageUrl(address));
  const website = await store.websites.byOrigin(origin);
  if (website === undefined) throw unknown(origin);
  return { website, target };
}

/** Reports a parse error as a command error. */
export function orCommandError<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}

function unknown(origin: string): CommandError {
  return new CommandError(`There is no website ${origin}. Create it: npx ogplus site create ${origin}`);
}
