import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { baseUrl } from '../settings/takes.ts';
import { readLogin, writeLogin } from './backend/login-file.ts';
import { callService } from './backend/service-api.ts';
import { argument, CommandError, counted, note, print, terminal } from './terminal.ts';

// API keys have about a hundred characters.
const longestKey = 1000;

export function addLoginCommand(program: Command, config: () => Config): void {
  program
    .command('login <serviceUrl>')
    .description('save an API key of a service; commands then use that service')
    .addHelpText(
      'after',
      `
The command asks for the key, or reads it from standard input or OGPLUS_API_KEY. Create one in the service's dashboard, at /account.

Examples:
  npx ogplus login https://ogplus.example.com
  npx ogplus login https://ogplus.example.com < key.txt`,
    )
    .action((serviceUrl: string) => login(config(), serviceUrl));
}

export function addLogoutCommand(program: Command, config: () => Config): void {
  program
    .command('logout')
    .description('forget the API key; commands use the data folder of this machine again')
    .action(() => logout(config()));
}

async function login({ apiKey: given, loginFile }: Config, serviceUrl: string): Promise<void> {
  const service = argument(() => addressOf(serviceUrl));
  const { protocol, hostname } = new URL(service);
  if (protocol === 'http:' && !/^(localhost|.*\.localhost|127\..*|\[::1\])$/.test(hostname)) {
    note(`${service} is not encrypted: others on the network can read the key.`);
  }
  const apiKey = given ?? (await askForKey(service));
  const { websites } = await callService<{ websites?: readonly unknown[] }>({ service, apiKey }, 'GET', '/websites');
  if (!Array.isArray(websites)) throw new CommandError(`${service} does not answer as OpenGraph+ does.`);
  await writeLogin(loginFile, { service, apiKey });
  print(`Logged in to ${service}: ${counted(websites.length, 'website')}. Commands now use this service.
The key is kept in ${loginFile}, which only you can read. To forget it: npx ogplus logout`);
}

async function logout({ loginFile }: Config): Promise<void> {
  const login = await readLogin(loginFile).catch(() => null); // a damaged file is forgotten too
  if (login === undefined) {
    print('You are not logged in to a service.');
    return;
  }
  await rm(loginFile, { force: true });
  print(`Logged out${login === null ? '' : ` of ${login.service}`}. The key stays valid until it is revoked there.`);
}

function addressOf(text: string): string {
  try {
    return baseUrl(text);
  } catch (error) {
    throw new Error(`"${text}": ${error instanceof Error ? error.message : error}`);
  }
}

/** What is typed stays invisible. */
async function askForKey(service: string): Promise<string> {
  const { input } = terminal();
  const isPerson = input.isTTY === true;
  if (isPerson) note(`Create an API key at ${service}/account, and paste it here:`);
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output, terminal: isPerson });
  try {
    for await (const line of lines) {
      const key = line.trim();
      if (/^[\x21-\x7e]+$/.test(key) && key.length <= longestKey) return key;
      if (key !== '') break;
    }
  } finally {
    lines.close();
  }
  throw new CommandError('No API key was given. Paste it when asked, or set OGPLUS_API_KEY.');
}
