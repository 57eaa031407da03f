/**
 * What a framework reports, without what it says of `data-ogplus`, which is ours: React's development build compares the
 * whole document with what it would have drawn. Undefined where nothing else was said. (React 19 shows the differences as
 * lines that begin with `+` or `-`, indented as in its tree; React 18 names the attribute.)
 */
export function withoutOwnAttribute(report: string): string | undefined {
  if (!report.includes('data-ogplus')) return report;
  if (/^Warning: Extra attributes from the server: data-ogplus\s/.test(report)) return undefined;
  const lines = report.split('\n').filter((line) => !/^-\s+data-ogplus="[^"]*"$/.test(line));
  const isDifference = (line: string) => /^[+-] {2,}\S/.test(line);
  const isHydration = /hydrat/i.test(report);
  return isHydration && !lines.some(isDifference) ? undefined : lines.join('\n');
}
