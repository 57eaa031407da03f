import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readTags } from '../../client/testing/index.ts';
import { drawn, Example, nothing } from './example.ts';
import { complaintsOf } from './hydration.ts';

const folder = fileURLToPath(new URL('../nextjs/', import.meta.url));
const red = [192, 57, 43] as const;

describe('the Next.js example', () => {
  const next = new Example({
    name: 'nextjs',
    build: ['next', 'build'],
    start: (port) => ['next', 'start', '--hostname', '127.0.0.1', '--port', String(port)],
  });

  next.page('/', { keptFor: 86_400, accent: red }); // static
  next.page('/journeys/night-train-to-the-coast', { keptFor: 3600, accent: red }); // ISR, a template
  next.page('/departures', { keptFor: 60, accent: red }); // dynamic, streamed

  it('streams its tags to browsers, and sends crawlers a whole head', async () => {
    const hasTags = async (userAgent: string) => {
      const html = await (await next.fetch('/departures', { headers: { 'user-agent': userAgent } })).text();
      const [head = '', body = ''] = html.split('</head>', 2);
      return [head, body].map((part) => readTags(part).some(({ name }) => name === 'og:image'));
    };
    assert.deepEqual(await hasTags('Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36'), [false, true]);
    assert.deepEqual(await hasTags('Twitterbot/1.0'), [true, false]);
    assert.deepEqual(await hasTags('OpenGraphPlus/0.1 (like Twitterbot)'), [true, false]);
  });

  it('draws a journey anew when it is edited, without waiting for the hour', async () => {
    const target = '/journeys/over-the-pass';
    assert.deepEqual(await next.cost(target), drawn);
    assert.deepEqual(await next.cost(target), nothing);
    const before = await next.test.card(next.website, target);
    const body = JSON.stringify({ slug: 'over-the-pass', title: 'Over the pass, twice' });
    assert.equal((await next.fetch('/api/edited', { method: 'POST', body })).status, 200);
    next.site.heard.length = 0;
    assert.deepEqual(await next.cost(target), drawn);
    assert.notDeepEqual((await next.test.card(next.website, target)).body, before.body);
    assert.match(await (await next.fetch(target)).text(), /Over the pass, twice/);
  });

  it('hydrates its template without a complaint', async () =>
    assert.deepEqual(
      await complaintsOf(`${next.site.url}/journeys/night-train-to-the-coast`, 'Departures', 'platform 11'),
      [],
    ));

  it('has metadata of the type that Next.js declares', () => {
    const file = `${folder}.next/metadata.ts`;
    writeFileSync(
      file,
      `import type { Metadata } from 'next';
      import { createOgPlus, toNextMetadata } from '@ogplus/client';
      const og = createOgPlus({ connectionUrl: 'https://mlghbepw.cards.example.com' });
      export const metadata: Metadata = { title: 'T', ...toNextMetadata(og.tags({ page: '/', title: 'T' })) };`,
    );
    const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
    const flags = [
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--ignoreConfig',
      '--module',
      'esnext',
      '--moduleResolution',
      'bundler',
    ];
    execFileSync(process.execPath, [tsc, ...flags, file], { encoding: 'utf8' });
  });
});
