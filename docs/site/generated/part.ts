import { readFile } from 'node:fs/promises';

/**
 * A page that people write, with the part that code writes put in anew: what stands between `<!-- generated: name -->` and
 * `<!-- end of name -->`.
 * @param file from the repository's root
 * @throws {Error} where the page has no such part.
 */
export async function withPart(file: string, name: string, part: string): Promise<string> {
  const page = await readFile(new URL(`../../../${file}`, import.meta.url), 'utf8');
  const [start, end] = [`<!-- generated: ${name} -->\n`, `<!-- end of ${name} -->`];
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no part "${name}"`);
  return `${page.slice(0, from)}${start}\n${part}\n${page.slice(to)}`;
}
