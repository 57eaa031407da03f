import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { drawn, Example, nothing } from './example.ts';
import { complaintsOf } from './hydration.ts';

const green = [46, 125, 50] as const;

describe('the React Router example', () => {
  const router = new Example({
    name: 'react-router',
    build: ['react-router', 'build'],
    start: () => ['react-router-serve', 'build/server/index.js'],
  });

  router.page('/', { keptFor: 86_400, accent: green }); // a tag
  router.page('/walks/along-the-canal', { keptFor: 3600, accent: green }); // headers of a route, a template
  router.page('/tonight', { keptFor: 600, accent: green }); // headers of a loader

  it('draws a walk anew when it is edited, without waiting for the hour', async () => {
    const target = '/walks/over-the-moor';
    assert.deepEqual(await router.cost(target), drawn);
    assert.deepEqual(await router.cost(target), nothing);
    const body = JSON.stringify({ slug: 'over-the-moor', title: 'Over the moor, twice' });
    assert.equal((await router.fetch('/api/edited', { method: 'POST', body })).status, 204);
    router.site.heard.length = 0;
    assert.deepEqual(await router.cost(target), drawn);
    assert.match(await (await router.fetch(target)).text(), /Over the moor, twice/);
  });

  it('hydrates its template without a complaint', async () =>
    assert.deepEqual(
      await complaintsOf(`${router.site.url}/walks/along-the-canal`, 'Tonight', 'A walk under stars'),
      [],
    ));
});
