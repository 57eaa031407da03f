import type { Command } from 'commander';
import { assessPage } from '../cards/assess-page.ts';
import type { Config } from '../config.ts';
import { explain } from '../freshness/explain.ts';
import type { Explanation } from '../model/decision.ts';
import type { Policy } from '../model/policy.ts';
import { epochMs } from '../model/units.ts';
import { commandGuard, fetchPage } from './fetch-page.ts';
import { print, printJson, withSpinner } from './terminal.ts';

export function addExplainCommand(program: Command, config: () => Config): void {
  program
    .command('explain <pageUrl>')
    .description("say how a page's headers and tags will be judged, and until when")
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  npx ogplus explain https://example.com/blog/hello')
    .action((pageUrl: string, options: { json?: boolean }) => explainPage(config(), pageUrl, options));
}

async function explainPage(config: Config, pageUrl: string, { json }: { json?: boolean }): Promise<void> {
  const fetching = fetchPage(config, pageUrl, commandGuard(config));
  const { fetched, tags } = await withSpinner(`Fetching ${pageUrl}`, fetching);
  const policy = assessPage(fetched.head, fetched.redirects, {
    maxAgeTag: tags.maxAge,
    defaultMaxAge: null,
    heuristicMax: config.heuristicMax,
    requestHeaders: {},
  });
  const explanation = explain(policy, epochMs(Date.now()));
  if (json === true) printJson({ url: fetched.head.url, status: fetched.head.status, ...explanation, policy });
  else print(text(fetched.head.status, explanation, policy, tags.etag));
}

function text(
  status: number,
  { verdict, reasons, ignored, advice }: Explanation,
  policy: Policy,
  tag?: string,
): string {
  const list = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  - ${line}`)];
  const gone =
    status === 404 || status === 410 ? [`The page answers ${status}: there is no card, and that is kept too.`] : [];
  const version =
    tag === undefined
      ? []
      : [`og:plus:cache:etag "${tag}": the same tag means no new drawing; another one means a new drawing at once.`];
  return [
    ...gone,
    verdict,
    ...list('Why', [...reasons, ...(policy.storeForbiddenBy === null ? version : [])]),
    ...list('Ignored', ignored),
    ...list('Advice', advice),
  ].join('\n');
}
