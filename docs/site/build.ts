import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import MiniSearch from 'minisearch';
import { searchOptions } from './client/search-options.js';
import { type Entry, sections, unlisted } from './contents.ts';
import { escapeHtml } from './escape-html.ts';
import { addressOf, pageDocument } from './layout.ts';
import { type Rendered, renderMarkdown } from './markdown.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const resolve = createRequire(import.meta.url).resolve;

export interface BuildOptions {
  /** The folder to write; what is there is removed. */
  readonly out: string;
  /** Where the site will stand, with slashes at both ends: `/docs/`. */
  readonly base: string;
  readonly version: string;
}

/**
 * Builds the documentation site from the repository's Markdown: a folder of static files.
 * @returns the files that it shows, from the repository's root, and the folders, with a slash at the end.
 * @throws {Error} that names every link that leads nowhere.
 */
export async function buildDocs({ out, base, version }: BuildOptions): Promise<string[]> {
  const listed = sections.flatMap((section) => section.entries);
  const entries = [...listed, ...unlisted];
  const pathOf = new Map(entries.map(({ source, path }) => [source, path]));
  const copies = new Set<string>();
  const broken: string[] = [];

  const pages = await Promise.all(
    entries.map(async (entry) => {
      const markdown = await readFile(join(root, entry.source), 'utf8');
      const links = new Links(entry, base, pathOf, copies);
      return { entry, markdown, rendered: renderMarkdown(markdown, (href) => links.onSite(href)), links };
    }),
  );

  const anchors = new Map(
    pages.map(({ entry, rendered }) => [entry.path, new Set(rendered.headings.map(({ id }) => id))]),
  );
  for (const { entry, links } of pages) {
    for (const { href, path, hash } of links.toPages) {
      if (hash !== '' && !anchors.get(path)?.has(hash)) broken.push(`${entry.source}: ${href}`);
    }
  }
  for (const file of copies) if (!(await exists(join(root, file)))) broken.push(`a page: ${file}`);
  if (broken.length > 0) throw new Error(`Links that lead nowhere:\n${broken.join('\n')}`);

  await rm(out, { recursive: true, force: true });
  const labels = new Map(pages.map(({ entry, rendered }) => [entry.path, entry.label ?? rendered.title]));
  const labelOf = (path: string) => labels.get(path) ?? path;
  const neighbour = (entry: Entry | undefined) =>
    entry === undefined ? undefined : { path: entry.path, label: labelOf(entry.path) };
  const assets = await writeAssets(join(out, 'assets'));
  const shared = { base, version, sections, labelOf, assets };

  for (const { entry, markdown, rendered } of pages) {
    const i = listed.indexOf(entry);
    const raw = rawOf(entry);
    const document = pageDocument({
      ...shared,
      rendered,
      path: entry.path,
      previous: i < 1 ? undefined : neighbour(listed[i - 1]),
      next: i < 0 ? undefined : neighbour(listed[i + 1]),
      raw,
    });
    await write(join(out, entry.path, 'index.html'), document);
    await write(join(out, raw), markdown);
  }
  const lost = renderMarkdown('# There is no such page\n\nThe search knows all of them.', (href) => href);
  await write(join(out, '404.html'), pageDocument({ ...shared, rendered: lost, path: '404', raw: undefined }));
  const copied: string[] = [];
  for (const file of copies) copied.push(...(await copyFile(file, join(out, 'files', file), base)));
  await write(join(out, 'search.json'), searchIndex(pages));
  await write(join(out, 'llms.txt'), overview(pages, base));
  return [...entries.map(({ source }) => source), ...copied];
}

interface Page {
  readonly entry: Entry;
  readonly rendered: Rendered;
}

/** Where the links of a page lead on the site. Files that are no page are copied beside the pages. */
class Links {
  readonly #entry: Entry;
  readonly #base: string;
  readonly #pathOf: ReadonlyMap<string, string>;
  readonly #copies: Set<string>;
  readonly toPages: Array<{ href: string; path: string; hash: string }> = [];

  constructor(entry: Entry, base: string, pathOf: ReadonlyMap<string, string>, copies: Set<string>) {
    this.#entry = entry;
    this.#base = base;
    this.#pathOf = pathOf;
    this.#copies = copies;
  }

  onSite(href: string): string {
    if (/^[a-z]+:/i.test(href)) return href;
    const [file = '', hash = ''] = href.split('#');
    const source =
      file === '' ? this.#entry.source : posix.join(posix.dirname(this.#entry.source), file).replace(/\/$/, '');
    const path = this.#pathOf.get(source) ?? this.#pathOf.get(posix.join(source, 'README.md'));
    if (path === undefined) {
      this.#copies.add(source);
      return `${this.#base}files/${source}`;
    }
    this.toPages.push({ href, path, hash });
    const fragment = hash === '' ? '' : `#${hash}`;
    return file === '' ? fragment : addressOf(this.#base, path) + fragment;
  }
}

function rawOf({ path }: Entry): string {
  return `${path === '' ? 'index' : path}.md`;
}

/** Copies a file, or makes a page of a folder that lists its files. Returns what it read. */
async function copyFile(file: string, to: string, base: string): Promise<string[]> {
  const from = join(root, file);
  if (!(await stat(from)).isDirectory()) {
    await mkdir(dirname(to), { recursive: true });
    await cp(from, to);
    return [file];
  }
  const names = (await readdir(from)).sort();
  const items = names.map(
    (name) => `<li><a href="${base}files/${file}/${escapeHtml(name)}">${escapeHtml(name)}</a></li>`,
  );
  const listing = `<!doctype html><meta charset="utf-8"><title>${escapeHtml(file)}</title><ul>${items.join('')}</ul>`;
  await write(join(to, 'index.html'), listing);
  const read = [`${file}/`];
  for (const name of names) read.push(...(await copyFile(posix.join(file, name), join(to, name), base)));
  return read;
}

async function writeAssets(folder: string): Promise<string> {
  const client = fileURLToPath(new URL('client', import.meta.url));
  await mkdir(folder, { recursive: true });
  await cp(client, folder, { recursive: true });
  await cp(join(root, 'dashboard/public/icon.svg'), join(folder, 'icon.svg'));
  await cp(resolve('minisearch').replace(/dist\/.*$/, 'dist/es/index.js'), join(folder, 'minisearch.js'));
  const font = '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2';
  await cp(resolve(font), join(folder, 'inter.woff2'));
  const sum = createHash('sha256');
  for (const name of (await readdir(folder)).sort()) sum.update(await readFile(join(folder, name)));
  return sum.digest('hex').slice(0, 8);
}

function searchIndex(pages: readonly Page[]): string {
  const index = new MiniSearch(searchOptions);
  const documents = pages.flatMap(({ entry, rendered }) =>
    rendered.passages.map(({ heading, text }) => ({
      id: `${entry.path}#${heading.id}`,
      title: heading.text,
      page: rendered.title,
      text,
    })),
  );
  index.addAll(documents);
  return JSON.stringify(index);
}

/** https://llmstxt.org: the pages as a list, each with its Markdown. */
function overview(pages: readonly Page[], base: string): string {
  const about = pages[0]?.rendered.description ?? '';
  const lists = sections.map(({ title, entries }) => {
    const items = entries.map((entry) => {
      const rendered = pages.find((page) => page.entry === entry)?.rendered;
      return `- [${rendered?.title}](${base}${rawOf(entry)}): ${rendered?.description}`;
    });
    return `## ${title}\n\n${items.join('\n')}\n`;
  });
  return `# OpenGraph+\n\n> ${about}\n\n${lists.join('\n')}`;
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
