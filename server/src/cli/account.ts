import type { Command } from 'commander';
import type { Config } from '../config.ts';
import type { Store } from '../store/ports/store.ts';
import { authSecretOf } from '../websites/keys.ts';
import { masterKey } from '../websites/master-key.ts';
import { openDataFolder } from './backend/data-folder.ts';
import { noteStore } from './backend/note-store.ts';
import { refuseService } from './backend/open-backend.ts';
import { CommandError, print, printJson, table } from './terminal.ts';

export function addAccountCommands(program: Command, config: () => Config): void {
  const account = program
    .command('account')
    .description("people's accounts: list them, name the owner of the service, reset a lost password");

  account
    .command('list')
    .description('list the accounts')
    .option('--json', 'print JSON')
    .action((options: { readonly json?: boolean }) => list(config(), options.json === true));

  account
    .command('owner [email]')
    .description('show who owns the service, or name another')
    .addHelpText(
      'after',
      '\nThe owner sees the state of the service in the dashboard, under Service. Unless you name another, the first account is the owner.\n\nExample:\n  npx ogplus account owner anna@example.com',
    )
    .action((email: string | undefined) => owner(config(), email));

  account
    .command('reset <email>')
    .description('print a one-time link to set a new password, valid for an hour')
    .addHelpText('after', '\nExample:\n  npx ogplus account reset anna@example.com')
    .action((email: string) => reset(config(), email));
}

const noAccounts = 'The service prints the link for the first account when it starts.';

function unknownAccount(email: string): CommandError {
  return new CommandError(`There is no account for ${email}. See: npx ogplus account list`);
}

async function folderOf(config: Config): Promise<Store> {
  await refuseService(config, 'Accounts are listed and reset');
  const store = await openDataFolder(config);
  noteStore(config);
  return store;
}

async function list(config: Config, json: boolean): Promise<void> {
  await using store = await folderOf(config);
  const people = (await store.members.people()).map(({ name, email, createdAt }) => ({
    name,
    email,
    created: new Date(createdAt).toISOString(),
  }));
  if (json) printJson(people);
  else if (people.length === 0) print(`There are no accounts. ${noAccounts}`);
  else print(table([['E-MAIL', 'NAME', 'CREATED'], ...people.map((one) => [one.email, one.name, one.created])]));
}

async function owner(config: Config, email: string | undefined): Promise<void> {
  await using store = await folderOf(config);
  const people = await store.members.people();
  if (email === undefined) {
    const id = await store.members.firstAccount();
    const person = people.find((one) => one.id === id);
    print(person === undefined ? `Nobody owns the service yet. ${noAccounts}` : `${person.name} <${person.email}>`);
    return;
  }
  const person = people.find((one) => one.email.toLowerCase() === email.toLowerCase());
  if (person === undefined) throw unknownAccount(email);
  await store.members.handOverService(person.id, store.clock.now());
  print(`${person.name} <${person.email}> owns the service now.`);
}

async function reset(config: Config, email: string): Promise<void> {
  // Imported here: no other command needs it, and it loads more slowly than most.
  const [{ pino }, { createAuth }, { endLinksOf }] = await Promise.all([
    import('pino'),
    import('../accounts/auth.ts'),
    import('../accounts/reset-links.ts'),
  ]);
  await using store = await folderOf(config);
  const tokens: string[] = [];
  const auth = createAuth({
    accounts: store.accounts,
    secret: authSecretOf(await masterKey(config)),
    url: config.url,
    log: pino({ level: 'silent' }),
    onResetLink: (token) => void tokens.push(token),
  });
  const address = email.toLowerCase();
  const person = (await store.members.people()).find((one) => one.email.toLowerCase() === address);
  if (person !== undefined) await endLinksOf(auth.$context, person.id);
  await auth.api.requestPasswordReset({ body: { email: address } }).catch(() => {}); // not an e-mail address
  const [token] = tokens;
  if (token === undefined) throw unknownAccount(email);
  print(`This link can be used once, within an hour, to set a new password. It ends all sessions of the account. Earlier
links no longer work. The API keys of the account stay valid unless you choose to revoke them on that page.

  ${config.url}/reset/${token}`);
}
