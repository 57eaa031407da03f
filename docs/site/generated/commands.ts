import { type Argument, Command, type Option } from 'commander';
import { commands } from '../../../server/src/cli/commands.ts';
import { readConfig } from '../../../server/src/config.ts';

/** Every command with its arguments and options, from the program itself. */
export async function commandsPage(): Promise<string> {
  const program = new Command('ogplus');
  for (const { load } of Object.values(commands)) (await load())(program, () => readConfig({}));
  return `# Commands

\`npx ogplus --help\` lists the commands, \`npx ogplus <command> --help\` shows one. They work on the data folder of this machine
(\`OGPLUS_DATA_DIR\`), or on the service that \`ogplus login\` or \`OGPLUS_SERVICE\` names, and say which on standard error.
Exit codes: 0 done, 1 not done, 2 wrongly called.

${program.commands
  .flatMap((command) => callable(command))
  .map(section)
  .join('\n')}`;
}

/** A command that can be run, or those below it. */
function callable(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap((below) => callable(below));
}

function section(command: Command): string {
  const name = nameOf(command);
  const does = command.description();
  const rows = [
    ...command.registeredArguments.map((argument) => row(shown(argument), argument.description)),
    ...command.options.map((option) => row(option.flags, option.description + defaultOf(option))),
  ];
  const table = rows.length === 0 ? '' : `\n| | |\n| --- | --- |\n${rows.join('\n')}\n`;
  return `## ${name}\n\n${does.charAt(0).toUpperCase()}${does.slice(1)}.\n${table}`;
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

function shown(argument: Argument): string {
  const name = argument.variadic ? `${argument.name()}…` : argument.name();
  return argument.required ? `<${name}>` : `[${name}]`;
}

function defaultOf({ defaultValue }: Option): string {
  return defaultValue === undefined || defaultValue === false ? '' : ` (default: ${JSON.stringify(defaultValue)})`;
}

function row(name: string, does: string): string {
  return `| \`${name.replaceAll('|', '\\|')}\` | ${does.replaceAll('|', '\\|').replaceAll('<', '&lt;')} |`;
}
