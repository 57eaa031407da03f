import type { VerifiedPage } from './verified-page.ts';

/** The results as JUnit XML, which build servers show: a test case for each page. */
export function junit(sitemap: string, pages: readonly VerifiedPage[]): string {
  const failures = pages.filter(({ ok }) => !ok).length;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
<testsuite name="${escaped(`ogplus verify ${sitemap}`)}" tests="${pages.length}" failures="${failures}" errors="0" skipped="0">
${pages.map(testcase).join('\n')}
</testsuite>
</testsuites>
`;
}

function testcase({ url, ok, findings, error }: VerifiedPage): string {
  const opening = `<testcase classname="ogplus verify" name="${escaped(url)}"`;
  if (ok) return `${opening}/>`;
  const wrong = error === undefined ? findings.filter(({ level }) => level === 'bad') : [];
  const lines = error === undefined ? wrong.map(({ tag, says }) => `${tag}: ${says}`) : [error];
  return `${opening}><failure message="${escaped(lines[0] ?? '')}">${escaped(lines.join('\n'))}</failure></testcase>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 has no control characters but tab and line ends, not even escaped; `\P{Cc}` matches all other characters. */
function escaped(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '').replace(/[&<>"]/g, (one) => entities[one] ?? '');
}
