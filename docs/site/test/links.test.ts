import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sections, unlisted } from '../contents.ts';
import { generated } from '../generated/generated.ts';
import { renderMarkdown } from '../markdown.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
// Sites that have Markdown of their own.
const left =
  /(^|\/)(node_modules|dist|data|\.git|bench\/corpus|examples\/[^/]+\/(?!README))(\/|$)|examples\/(?!gallery|django)[^/]+\/(?!README\.md)[^/]+\.md$/;

/** Every Markdown file of the repository. */
function markdownFiles(folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (left.test(path)) return [];
    if (entry.isDirectory()) return markdownFiles(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

const read = (file: string) => readFileSync(join(root, file), 'utf8');

function idsIn(file: string): Set<string> {
  return new Set(renderMarkdown(read(file), (href) => href).headings.map(({ id }) => id));
}

describe('the Markdown of the repository', () => {
  const files = markdownFiles();
  it('is there', () => assert.ok(files.includes('README.md') && files.length > 40));

  for (const file of files) {
    it(`leads somewhere with every link: ${file}`, () => {
      const wrong: string[] = [];
      renderMarkdown(read(file), (href) => {
        if (/^[a-z]+:/i.test(href)) return href;
        const [path = '', hash = ''] = href.split('#');
        const target = path === '' ? file : posix.join(posix.dirname(file), path);
        if (!existsSync(join(root, target))) wrong.push(href);
        else if (hash !== '' && !idsIn(target).has(hash)) wrong.push(href);
        return href;
      });
      assert.deepEqual(wrong, []);
    });
  }
});

describe('the pages of the site', () => {
  const listed = [...sections.flatMap(({ entries }) => entries), ...unlisted];

  it('are all guides, and every kind of problem', () => {
    const sources = new Set(listed.map(({ source }) => source));
    const wanted = markdownFiles('docs').filter((file) => /^docs\/(guides|start|reference|problems)\//.test(file));
    assert.deepEqual(
      wanted.filter((file) => !sources.has(file)),
      [],
    );
  });

  it('have addresses of their own', () => {
    const paths = listed.map(({ path }) => path);
    assert.equal(new Set(paths).size, paths.length);
  });

  for (const [file, write] of Object.entries(generated)) {
    it(`are as the code says: ${file} (npm run docs:write renews it)`, async () =>
      assert.equal(read(file), await write()));
  }
});
