import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openBrowser } from '../../dashboard/test/harness/browser.ts';
import { installPacked, nodesOfThisMachine, type Project } from './packed.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const gem = JSON.parse(readFileSync(new URL('./ruby-gem.json', import.meta.url), 'utf8')) as {
  service: string;
  publicKey: string;
  secretKey: string;
  signed: Array<{ page: string; consumer?: string; address: string }>;
};

let project: Project;
before(async () => {
  project = await installPacked();
});
after(() => project?.[Symbol.asyncDispose]());

/** Runs everywhere: no part of it is Node's. It gives the addresses that differ from those of the Ruby gem. */
const program = `
  const apiKey = 'ogplus_live_' + btoa(JSON.stringify({ pk: gem.publicKey, sk: gem.secretKey }))
    .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const og = createOgPlus({ service: gem.service, apiKey });
  const different = [];
  for (const { page, consumer, address } of gem.signed) {
    const made = await og.signedImage(page, { consumer });
    if (made !== address) different.push([page, made]);
  }
  const tags = toHtml(og.tags({ page: 'https://example.com/a', title: '"Tea"' }));
  if (!tags.includes('content="&quot;Tea&quot;"')) different.push(['tags', tags]);
`;

describe('the packed client', () => {
  it('has compiled code, types and nothing else', () => {
    const manifest: { exports: Record<string, string | Record<string, string>> } = JSON.parse(
      readFileSync(join(project.client, 'package.json'), 'utf8'),
    );
    const named = Object.values(manifest.exports).flatMap((one) =>
      typeof one === 'string' ? one : Object.values(one ?? {}),
    );
    assert.ok(named.length > 10);
    for (const file of [
      ...named.map((path: string) => path.slice(2)),
      'dist/LICENSE',
      'dist/LICENCES.txt',
      'README.md',
    ]) {
      assert.ok(project.files.includes(file), file);
    }
    assert.deepEqual(
      project.files.filter((file) => /(^src|^test|^build|(?<!\.d)\.ts$)/.test(file)),
      [],
    );
  });

  it('is small: its main entry under 10 kB, and without dependencies', async () => {
    assert.ok((await readFile(join(project.client, 'dist/index.js'))).length < 10_000);
    const manifest = JSON.parse(await readFile(join(project.client, 'package.json'), 'utf8'));
    assert.deepEqual(manifest.dependencies ?? {}, {});
  });

  const nodes = nodesOfThisMachine();
  for (const { path, version } of nodes) {
    it(`makes the addresses of the Ruby gem in Node ${version}`, async () => {
      const file = join(project.folder, 'addresses.mjs');
      await writeFile(
        file,
        `import { createOgPlus, toHtml } from '@ogplus/client';
        const gem = ${JSON.stringify(gem)};
        ${program}
        console.log(JSON.stringify(different));`,
      );
      const said = execFileSync(path, [file], { cwd: project.folder, encoding: 'utf8' });
      assert.deepEqual(JSON.parse(said), []);
    });
  }

  for (const { path, version } of nodes) {
    it(`tests pages in Node ${version}, loaded either way`, async () => {
      const html = '<meta property="og:title" content="Tea">';
      await writeFile(
        join(project.folder, 'testing.mjs'),
        `import { assertOgTag, judgeCard } from '@ogplus/client/testing';
        import { createRequire } from 'node:module';
        const { checkTags } = createRequire(import.meta.url)('@ogplus/client/testing');
        assertOgTag('${html}', 'og:title', 'Tea');
        const { keptFor } = judgeCard(new Response('', { headers: { 'cache-control': 'max-age=60' } }));
        console.log(JSON.stringify([keptFor, checkTags('${html}', '/').length]));`,
      );
      const said = execFileSync(path, ['testing.mjs'], { cwd: project.folder, encoding: 'utf8' });
      assert.deepEqual(JSON.parse(said), [60, 6]);
    });
  }

  it('marks its components for React as parts of the browser', async () => {
    assert.match(await readFile(join(project.client, 'dist/react.js'), 'utf8'), /^"use client";/);
  });

  it('makes them in a browser', async () => {
    const code = await readFile(join(project.client, 'dist/index.js'));
    const server = createServer((req, res) => {
      const isCode = req.url === '/client.js';
      res.setHeader('content-type', isCode ? 'text/javascript' : 'text/html');
      res.end(isCode ? code : '<!doctype html><title>A page</title>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
      const different = await page.evaluate(`(async () => {
        const { createOgPlus, toHtml } = await import('/client.js');
        const gem = ${JSON.stringify(gem)};
        ${program}
        return different;
      })()`);
      assert.deepEqual(different, []);
    } finally {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('has types that hold under strict', async () => {
    await writeFile(
      join(project.folder, 'use.ts'),
      `import { createOgPlus, type OgPlus, type Tag, toHtml, toNextMetadata, toUnhead } from '@ogplus/client';
      const og: OgPlus = createOgPlus({ connectionUrl: 'https://mlghbepw.cards.example.com' });
      const address: string = og.image(new URL('https://example.com/'), { query: ['page'], version: undefined });
      const tags: Tag[] = og.tags({ page: '/a', title: 'T', description: null, cache: { maxAge: 60 } });
      const html: string = toHtml(tags);
      const title: string | undefined = toNextMetadata(tags).openGraph.title;
      const meta: Tag[] = toUnhead(tags).meta;
      const signed: Promise<string> = og.signedImage('/a', { consumer: 'linkedin' });
      const purged: Promise<void>[] = [og.purge('/a'), og.purge({ prefix: '/a' }), og.purge('all'), og.purge(['/a'])];
      import { type Finding, type Judgement, checkTags, judgeCard, matchers } from '@ogplus/client/testing';
      const findings: Finding[] = checkTags(html, 'https://example.com/');
      const judgement: Judgement = judgeCard({ headers: new Headers() }, tags);
      const judged: Judgement = judgeCard(new Response(), []);
      matchers.toHaveOpenGraphTags(new Response());
      matchers.toKeepCardFor({ status: 200, headers: { etag: '1' }, text: html }, 60);
      // @ts-expect-error: no options
      createOgPlus({});
      // @ts-expect-error: no title
      og.tags({ page: '/a' });
      // @ts-expect-error: not a way to treat a query
      og.image('/a', { query: 'all' });
      export { address, findings, html, judged, judgement, meta, purged, signed, title };`,
    );
    const options = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noEmit: true };
    for (const [module, moduleResolution] of [
      ['nodenext', 'nodenext'],
      ['esnext', 'bundler'],
    ]) {
      const compilerOptions = {
        ...options,
        module,
        moduleResolution,
        target: 'es2023',
        types: [],
        lib: ['es2023', 'dom'],
      };
      await writeFile(join(project.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['use.ts'] }));
      execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', project.folder], {
        encoding: 'utf8',
      });
    }
  });
});
