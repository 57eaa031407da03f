import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sections } from '../contents.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** Languages of blocks that a test of an example cannot hold: commands, and what people put into tests of their own. */
const commands = new Set(['sh', 'console', 'http']);

interface Block {
  readonly language: string;
  readonly code: string;
  /** The file that it is out of, named in a comment above it. */
  readonly source: string | undefined;
  /** The nearest heading of the second level. */
  readonly section: string;
}

function blocksOf(markdown: string): Block[] {
  const found: Block[] = [];
  let section = '';
  for (const [, heading, source, language = '', code = ''] of markdown.matchAll(
    /^## (.+)$|(?:^<!-- (\S+) -->\n)?^```(\w*)\n([\s\S]*?)^```$/gm,
  )) {
    if (heading !== undefined) section = heading;
    else found.push({ language, code, source, section });
  }
  return found;
}

const linesOf = (text: string) => text.split('\n').map((line) => line.trim());

function isIn(source: string, code: string): boolean {
  const [lines, wanted] = [linesOf(source), linesOf(code.trim())];
  return lines.some((_, at) => wanted.every((line, index) => lines[at + index] === line));
}

describe('the code in the guide to addresses', () => {
  it('signs as the Ruby gem does', () => {
    const { service, publicKey, secretKey, signed } = JSON.parse(read('client/test/ruby-gem.json'));
    // Ruby and Python encode ~ and * differently; what is signed is what is sent.
    const pages = signed.filter(
      ({ page, consumer }: { page: string; consumer?: string }) => consumer === undefined && !/[~*]/.test(page),
    );
    const python = blocksOf(read('docs/guides/addresses.md')).find(({ language }) => language === 'python');
    const program = `${python?.code}\nimport json, sys\nfor page in json.load(sys.stdin): print(card_url(*sys.argv[1:], page))`;
    const input = JSON.stringify(pages.map(({ page }: { page: string }) => page));
    const made = execFileSync('python3', ['-c', program, service, publicKey, secretKey], { input, encoding: 'utf8' });
    assert.deepEqual(
      made.trim().split('\n'),
      pages.map(({ address }: { address: string }) => address),
    );
  });
});

describe('the code in guides for frameworks', () => {
  const guides = sections.find(({ title }) => title === 'Frameworks')?.entries ?? [];
  for (const { source: guide } of guides) {
    it(`is out of an example that tests run: ${guide}`, () => {
      const blocks = blocksOf(read(guide));
      const quoted = blocks.filter(({ source }) => source !== undefined);
      assert.ok(quoted.length >= 4, 'a guide shows code');
      for (const { source = '', code } of quoted) {
        assert.match(source, /^examples\//);
        assert.ok(isIn(read(source), code), `${source} has these lines:\n${code}`);
      }
    });

    it(`says where it is from: ${guide}`, () => {
      const others = blocksOf(read(guide)).filter(
        ({ source, language, section }) => source === undefined && !commands.has(language) && section !== 'Test',
      );
      // A website's own keys are in nobody's example.
      assert.deepEqual(
        others.filter(({ code }) => !/OGPLUS_API_KEY', 'ogplus_live_…'/.test(code)).map(({ code }) => code),
        [],
      );
    });

    it(`goes from the installation to the deploy: ${guide}`, () => {
      const headings = [...read(guide).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
      assert.deepEqual(headings, ['Install', 'Design', 'Caching', 'Test', 'Deploy', 'What surprises people']);
    });
  }
});
