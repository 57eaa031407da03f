import { frameworkNames } from '../../model/frameworks.ts';
import { frameworkOf } from '../../snippets/frameworks.ts';
import { type Mend, mendOf } from '../../snippets/mend.ts';
import type { Code, PageWords } from '../../snippets/snippet.ts';
import { parsePageUrl } from '../../websites/parse.ts';
import type { LookedAt } from '../backend/backend.ts';
import type { PageSite } from '../look-at-page.ts';

// Placeholders for texts that the page does not have.
const example = { title: 'Title of the page', description: 'What the page is about, in a sentence.' };

/** What mends the findings, in the website's framework; what mends several is said once. */
export function mendLines(pageUrl: string, looked: LookedAt, site: PageSite | null): string[] {
  const { origin, target } = parsePageUrl(pageUrl);
  const faults = looked.findings.flatMap(({ tag, fault }) => (fault ? [{ tag, fault }] : []));
  if (faults.length === 0) return [];
  if (site === null)
    return ['', `To fix it, add ${origin} as a website, which has a card: npx ogplus site create ${origin}`];
  const words: PageWords = {
    connectionUrl: site.connectionUrl,
    origin,
    target,
    title: looked.title ?? example.title,
    description: looked.description ?? example.description,
  };
  const framework = frameworkOf(site.framework);
  const groups = new Map<string, { readonly codes: Mend['codes']; readonly tags: string[]; readonly does: string[] }>();
  for (const { tag, fault } of faults) {
    const mend = mendOf(fault, framework, words);
    const key = JSON.stringify(mend.codes);
    const group = groups.get(key) ?? { codes: mend.codes, tags: [], does: [] };
    group.tags.push(tag);
    group.does.push(mend.does);
    groups.set(key, group);
  }
  const lines = [...groups.values()].flatMap(({ codes, tags, does }) => [
    '',
    `${tags.join(', ')}: ${does.join(' ')}`,
    ...codes.flatMap(codeLines),
  ]);
  return ['', `To fix it (${frameworkNames[framework.id]}):`, ...lines];
}

function codeLines({ file, code }: Code): string[] {
  const lines = code.trimEnd().split('\n');
  return [`  ${file}`, ...lines.map((line) => (line === '' ? '' : `    ${line}`))];
}
