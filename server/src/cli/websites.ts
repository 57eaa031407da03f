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

/** The same for commands that do without: undefined, and nothing made, where this machine has none. */
export async function storeIfThere(config: Config): Promise<Store | undefined> {
  return existsSync(join(config.dataDir, 'ogplus.sqlite')) ? storeOf(config) : undefined;
}

/** What an address of a website is made of, but for its keys. */
export function identity(config: Config, { id, origin, connection }: Website) {
  return { id, origin, connection, connectionUrl: connectionUrl(config, connection) };
}

/** What a developer needs of one key: the end of `site create --json`, the whole of `site key create --json`. */
export async function credentials(config: Config, publicKey: PublicKey) {
  const secretKey = secretKeyOf(await masterKey(config.dataDir), publicKey);
  return { publicKey, secretKey, apiKey: apiKeyOf(publicKey, secretKey) };
}

/** @throws {CommandError} where the address is none, or no website has it. */
export async function websiteAt(store: Store, address: string): Promise<Website> {
  const origin = said(() => parseOrigin(address));
  const website = await store.websites.byOrigin(origin);
  if (website === undefined) throw unknown(origin);
  return website;
}

/** @throws {CommandError} as `websiteAt`. */
export async function pageAt(store: Store, address: string): Promise<{ website: Website; target: Target }> {
  const { origin, target } = said(() => parsePageUrl(address));
  const website = await store.websites.byOrigin(origin);
  if (website === undefined) throw unknown(origin);
  return { website, target };
}

/** What a parser says of a person's typing is an answer, not a fault. */
export function said<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}

function unknown(origin: string): CommandError {
  return new CommandError(`There is no website ${origin}. Make it with: npx ogplus site create ${origin}`);
}
