// The rules as a page for people. Run as a program it writes the page.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Rule, rules } from './rules.ts';

export const documentPath = fileURLToPath(new URL('../../../docs/freshness-conformance.md', import.meta.url));

export function conformanceDocument(): string {
  const rows = rules.map((rule) => `| ${cells(rule).map(escaped).join(' | ')} |`);
  return `# How freshness is judged, rule by rule

Generated from \`server/test/freshness/rules.ts\`, where each row is a test. ${rules.length} rules. \`Date\`s are shown as they are
sent in the tests; the response arrives at 12:00:00 GMT on 23 November 2026.

| by | rule | response | card |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function cells({ section, says, headers, status = 200, tag, fallback, fresh, stale }: Rule): string[] {
  const lines = [
    ...(status === 200 ? [] : [`status ${status}`]),
    ...headers.map(([name, value]) => `\`${name}: ${value.length > 60 ? `${value.slice(0, 57)}…` : value}\``),
    ...(tag === undefined ? [] : [`\`og:plus:cache:max_age\` "${tag}"`]),
    ...(fallback === undefined ? [] : [`default max-age ${fallback}`]),
  ];
  const kept = fresh === 'never' ? 'not kept' : fresh === 0 ? 'asked each time' : `fresh for ${fresh} s`;
  const late =
    stale === undefined
      ? ''
      : `; ${stale.after} s later: ${stale.renewing ? 'sent while it is renewed' : 'not sent before it is renewed'}, ${stale.failing ? 'stands in' : 'does not stand in'} for a failing origin`;
  return [section.startsWith('Guide') ? section : `RFC ${section}`, says, lines.join('<br>') || 'nothing', kept + late];
}

function escaped(cell: string): string {
  return cell.replace(/\|/g, '\\|').replace(/\t/g, '⇥');
}

if (import.meta.main) writeFileSync(documentPath, conformanceDocument());
