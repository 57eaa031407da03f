import type { Command } from 'commander';
import type { Config } from '../config.ts';
import type { Explanation } from '../model/decision.ts';
import { lookAtPage } from './look-at-page.ts';
import { print, printJson } from './terminal.ts';

export function addExplainCommand(program: Command, config: () => Config): void {
  program
    .command('explain <pageUrl>')
    .description("explain how a page's headers and tags are judged, and until when its card is fresh")
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  npx ogplus explain https://example.com/blog/hello')
    .action((pageUrl: string, options: { json?: boolean }) => explainPage(config(), pageUrl, options));
}

async function explainPage(config: Config, pageUrl: string, { json }: { json?: boolean }): Promise<void> {
  const { url, status, explanation, policy } = await lookAtPage(config, pageUrl);
  if (json === true) printJson({ url, status, ...explanation, policy });
  else print(text(explanation));
}

function text({ verdict, reasons, ignored, advice }: Explanation): string {
  const list = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  - ${line}`)];
  return [verdict, ...list('Why', reasons), ...list('Ignored', ignored), ...list('Advice', advice)].join('\n');
}
