import { Command, CommanderError } from 'commander';
import pkg from '../package.json' with { type: 'json' };
import { addAccountCommands } from './cli/account.ts';
import { addCacheCommands } from './cli/cache.ts';
import { addDevCommand } from './cli/dev.ts';
import { addExplainCommand } from './cli/explain.ts';
import { addRenderCommand } from './cli/render.ts';
import { addServeCommand } from './cli/serve.ts';
import { addSiteCommands } from './cli/site.ts';
import { addVerifyCommand } from './cli/verify.ts';
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

Exit codes: 0 done, 1 not done, 2 wrongly called.`,
  );

const config = () => readConfig(process.env);
addServeCommand(program, config);
addSiteCommands(program, config);
addCacheCommands(program, config);
addAccountCommands(program, config);
addRenderCommand(program, config);
addDevCommand(program, config);
addExplainCommand(program, config);
addVerifyCommand(program, config);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    // One line for people; the stack only at the debug level.
    process.stderr.write(`ogplus: ${error instanceof Error ? error.message : error}\n`);
    if (process.env['OGPLUS_LOG_LEVEL'] === 'debug' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  }
}
