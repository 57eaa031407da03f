import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { parseOrigin, parsePublicKey } from '../websites/parse.ts';
import { openBackend, websiteOf } from './backend/open-backend.ts';
import { argument, print, printJson, table, UsageError } from './terminal.ts';

interface JsonOption {
  readonly json?: boolean;
}

export function addKeyCommands(site: Command, config: () => Config): void {
  const key = site.command('key').description("a website's keys: create, list, revoke");

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
  const origin = argument(() => parseOrigin(address));
  await using backend = await openBackend(config);
  const website = await websiteOf(backend, origin);
  const { publicKey, secretKey, apiKey } = await backend.keys.create(website);
  if (json === true) {
    printJson({ publicKey, secretKey, apiKey });
    return;
  }
  print(`New key for ${website.origin}. The other keys stay valid: revoke the old one once your app uses this one.

Key for your app:  ${apiKey}
Public key:        ${publicKey}
Secret key:        ${secretKey}`);
}

async function list(config: Config, address: string, { json }: JsonOption): Promise<void> {
  const origin = argument(() => parseOrigin(address));
  await using backend = await openBackend(config);
  const keys = await backend.keys.list(await websiteOf(backend, origin));
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
  if (publicKey === undefined) throw new UsageError(`"${text}" is not a public key: it begins with ogplus_pk_.`);
  await using backend = await openBackend(config);
  const left = await backend.keys.revoke(publicKey);
  print(`Key ${publicKey} revoked. Addresses that contain it or were signed with it no longer work.`);
  if (left === 0) {
    print(
      'This was the last valid key. Until you create another (ogplus site key create), only the connection address works.',
    );
  }
}
