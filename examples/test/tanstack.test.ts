import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Example } from './example.ts';
import { complaintsOf } from './hydration.ts';

const blue = [21, 101, 192] as const;

describe('the TanStack Start example', () => {
  const start = new Example({
    name: 'tanstack',
    build: ['vite', 'build'],
    start: () => ['node', '.output/server/index.mjs'],
  });

  start.page('/', { keptFor: 86_400, accent: blue }); // a tag
  start.page('/ferries/north-line', { keptFor: 3600, accent: blue }); // headers of a route, a template
  start.page('/today', { keptFor: 600, accent: blue }); // for caches alone

  it('hydrates its template without a complaint', async () =>
    assert.deepEqual(await complaintsOf(`${start.site.url}/ferries/north-line`, 'Today', 'Two boats today'), []));
});
