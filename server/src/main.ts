import { Command, CommanderError } from 'commander';
import pkg from '../package.json' with { type: 'json' };
import { commands } from './cli/commands.ts';
import { CommandError, UsageError } from './cli/terminal.ts';
import { readConfig } from './config.ts';

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
