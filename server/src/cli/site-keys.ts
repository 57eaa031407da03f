import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { epochMs } from '../model/units.ts';
import { newPublicKey } from '../websites/keys.ts';
import { parsePublicKey } from '../websites/parse.ts';
import { CommandError, print, printJson, table } from './terminal.ts';
import { credentials, storeOf, websiteAt } from './websites.ts';

interface JsonOption {
  readonly json?: boolean;
}

export function addKeyCommands(site: Command, config: () => Config): void {
  const key = site.command('key').description("a website's keys: make another, list, revoke");

  key
    .command('create <origin>')
    .description('create another key; existing keys stay valid until revoked')
    .option('--json', 'print the keys as JSON')
    .addHelpText('after', '\nExample:\n  npx ogplus site key create https://example.com')
    .action((origin: string, options: JsonOption) => create(config(), origin, options));

  key
    .command('list <origin>')
    .description('list the keys, including revoked ones')
    .option('--json', 'print JSON')
    .action((origin: string, options: JsonOption) => list(config(), origin, options));

  key
    .command('revoke <publicKey>')
    .description('revoke a key immediately and permanently')
    .addHelpText('after', '\nExample:\n  npx ogplus site key revoke ogplus_pk_ym3nRkSHQkiTsXvbVzX0Jw')
    .action((publicKey: string) => revoke(config(), publicKey));
}

async function create(config: Config, address: string, { json }: JsonOption): Promise<void> {
  await using store = await storeOf(config);
  const website = await websiteAt(store, address);
  const publicKey = newPublicKey();
  if (!(await store.websites.createKey(website.id, publicKey, epochMs(Date.now())))) {
    throw new CommandError('The key was not created: the website was just removed, or the key is taken. Try again.');
  }
  const keys = await credentials(config, publicKey);
  if (json === true) {
    printJson(keys);
    return;
  }
  print(`New key for ${website.origin}. The other keys stay valid: revoke the old one once your app uses this one.

Key for your app:  ${keys.apiKey}
Public key:        ${keys.publicKey}
Secret key:        ${keys.secretKey}`);
}

async function list(config: Config, address: string, { json }: JsonOption): Promise<void> {
  await using store = await storeOf(config);
  const website = await websiteAt(store, address);
  const keys = (await store.websites.keysOf(website.id)).map(({ publicKey, createdAt, revokedAt }) => ({
    publicKey,
    created: new Date(createdAt).toISOString(),
    revoked: revokedAt === null ? null : new Date(revokedAt).toISOString(),
  }));
  if (json === true) printJson(keys);
  else
    print(
      table([
        ['PUBLIC KEY', 'CREATED', 'REVOKED'],
        ...keys.map(({ publicKey, created, revoked }) => [publicKey, created, revoked ?? 'no']),
      ]),
    );
}

async function revoke(config: Config, text: string): Promise<void> {
  const publicKey = parsePublicKey(text);
  if (publicKey === undefined) throw new CommandError(`"${text}" is not a public key: it begins with ogplus_pk_.`);
  await using store = await storeOf(config);
  const key = await store.websites.findKey(publicKey);
  if (key === undefined) throw new CommandError(`There is no key ${publicKey}.`);
  if (!(await store.websites.revokeKey(publicKey, epochMs(Date.now())))) {
    throw new CommandError(`The key ${publicKey} is already revoked.`);
  }
  print(`Key ${publicKey} revoked. Addresses that contain it or were signed with it no longer work.`);
  const good = (await store.websites.keysOf(key.websiteId)).filter(({ revokedAt }) => revokedAt === null);
  if (good.length === 0) {
    print(
      'This was the last valid key. Until you create another (ogplus site key create), only the connection address works.',
    );
  }
}
