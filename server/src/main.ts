import { runCommand } from './cli/run-command.ts';
import { ownTerminal } from './cli/terminal.ts';

// The reader closed our output (`ogplus … | head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await runCommand(process.argv.slice(2), process.env, ownTerminal);
