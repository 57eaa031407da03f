import { Command, CommanderError } from 'commander';
import pkg from '../package.json' with { type: 'json' };
import { CommandError, UsageError } from './cli/terminal.ts';
import { type Config, readConfig } from './config.ts';

type AddCommand = (program: Command, config: () => Config) => void;

/** The commands, in the order of the help. Only the one that is called is loaded: the others would make it wait. */
const commands: Readonly<Record<string, { readonly does: string; readonly load: () => Promise<AddCommand> }>> = {
  serve: { does: 'run the service', load: async () => (await import('./cli/serve.ts')).addServeCommand },
  site: {
    does: 'websites: make, list, remove, set up; their keys',
    load: async () => (await import('./cli/site.ts')).addSiteCommands,
  },
  cache: {
    does: "kept cards: list a page's, or purge a page, a prefix or a whole website",
    load: async () => (await import('./cli/cache.ts')).addCacheCommands,
  },
  warm: {
    does: "draw the cards of a website's pages before anybody shares them",
    load: async () => (await import('./cli/warm.ts')).addWarmCommand,
  },
  account: {
    does: "people's accounts: list them, reset a lost password",
    load: async () => (await import('./cli/account.ts')).addAccountCommands,
  },
  backup: {
    does: 'copy the database and the master key to a file, while the service runs',
    load: async () => (await import('./cli/backup.ts')).addBackupCommand,
  },
  restore: {
    does: 'make the data folder what it was at a backup',
    load: async () => (await import('./cli/restore.ts')).addRestoreCommand,
  },
  doctor: {
    does: 'say what keeps the service of this machine from working well, and how to mend it',
    load: async () => (await import('./cli/doctor.ts')).addDoctorCommand,
  },
  login: {
    does: 'keep an API key of a service: from then on, commands speak to that service',
    load: async () => (await import('./cli/login.ts')).addLoginCommand,
  },
  logout: { does: 'forget that key', load: async () => (await import('./cli/login.ts')).addLogoutCommand },
  render: { does: 'draw one card to a file', load: async () => (await import('./cli/render.ts')).addRenderCommand },
  dev: {
    does: "show a page's cards in your browser, drawn again as you change the page",
    load: async () => (await import('./cli/dev.ts')).addDevCommand,
  },
  explain: {
    does: "explain how a page's headers and tags are judged",
    load: async () => (await import('./cli/explain.ts')).addExplainCommand,
  },
  verify: {
    does: "check that a page's tags are present and valid",
    load: async () => (await import('./cli/verify.ts')).addVerifyCommand,
  },
};

// The reader closed our output (`ogplus … | head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const program = new Command('ogplus')
  .description("Social-card images drawn from a site's own pages, as fresh as the pages' own cache headers say.")
  .version(pkg.version)
  .exitOverride()
  .showSuggestionAfterError()
  .addHelpText(
    'after',
    `
Examples:
  npx ogplus serve
  npx ogplus site create https://example.com
  npx ogplus render http://localhost:8000/ --out card.png
  npx ogplus dev http://localhost:3000/
  npx ogplus explain https://example.com/blog/hello
  npx ogplus verify https://example.com/blog/hello

Commands work on the data folder of this machine (OGPLUS_DATA_DIR), or on the service that "ogplus login" or
OGPLUS_SERVICE names; they say which on standard error.

Exit codes: 0 done, 1 not done, 2 wrongly called.`,
  );

const called = process.argv.slice(2).find((argument) => !argument.startsWith('-') && argument !== 'help');
for (const [name, { does, load }] of Object.entries(commands)) {
  if (name === called) (await load())(program, () => readConfig(process.env));
  else program.command(name).description(does);
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    // One line for people; the stack only at the debug level.
    process.stderr.write(`ogplus: ${error instanceof Error ? error.message : error}\n`);
    const isDebug = process.env['OGPLUS_LOG_LEVEL'] === 'debug' && !(error instanceof CommandError);
    if (isDebug && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
