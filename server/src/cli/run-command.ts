import { Command, CommanderError } from 'commander';
import pkg from '../../package.json' with { type: 'json' };
import { type Environment, readConfig } from '../config.ts';
import { commands } from './commands.ts';
import { CommandError, type Terminal, UsageError, withTerminal } from './terminal.ts';

/**
 * Runs a command, `['site', 'list']`, and gives its exit code: 0 done, 1 not done, 2 wrongly called.
 * @param env the settings.
 */
export async function runCommand(args: readonly string[], env: Environment, terminal: Terminal): Promise<number> {
  return withTerminal(terminal, async () => {
    try {
      const program = await programFor(args, env, terminal);
      await program.parseAsync(args, { from: 'user' });
    } catch (error) {
      if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
      // One line for people; the stack only at the debug level.
      terminal.errors.write(`ogplus: ${error instanceof Error ? error.message : error}\n`);
      const isDebug = env['OGPLUS_LOG_LEVEL'] === 'debug' && !(error instanceof CommandError);
      if (isDebug && error instanceof Error) terminal.errors.write(`${error.stack}\n`);
      return error instanceof UsageError ? 2 : 1;
    }
    return terminal.exitCode;
  });
}

async function programFor(args: readonly string[], env: Environment, { output, errors }: Terminal): Promise<Command> {
  const program = new Command('ogplus')
    .description("Social-card images drawn from a site's own pages, as fresh as the pages' own cache headers say.")
    .version(pkg.version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => output.write(text), writeErr: (text) => errors.write(text) })
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
  const called = args.find((argument) => !argument.startsWith('-') && argument !== 'help');
  for (const [name, { does, load }] of Object.entries(commands)) {
    if (name === called) (await load())(program, () => readConfig(env));
    else program.command(name).description(does);
  }
  return program;
}
