import type { Command } from 'commander';
import type { Finding } from '../cards/inspect/page-check.ts';
import type { Config } from '../config.ts';
import { lookAtPage } from './look-at-page.ts';
import { CommandError, print, printJson } from './terminal.ts';

export function addVerifyCommand(program: Command, config: () => Config): void {
  program
    .command('verify <pageUrl>')
    .description("check that a page's tags are present and valid; exits with 1 if a required tag is not")
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  npx ogplus verify https://example.com/blog/hello')
    .action((pageUrl: string, options: { json?: boolean }) => verify(config(), pageUrl, options));
}

async function verify(config: Config, pageUrl: string, { json }: { json?: boolean }): Promise<void> {
  const { status, findings } = await lookAtPage(config, pageUrl);
  if (status === 404 || status === 410) throw new CommandError(`The page answers ${status}.`);
  const fails = findings.some(({ level }) => level === 'bad');
  if (json === true) printJson({ url: pageUrl, ok: !fails, findings });
  else print(findings.map(line).join('\n'));
  if (fails) process.exitCode = 1;
}

const marks = { good: '✓', bad: '✗', hint: '!' } as const;

function line({ tag, level, says }: Finding): string {
  return `${marks[level]} ${tag.padEnd('og:description'.length)}  ${says}`;
}
