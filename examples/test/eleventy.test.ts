import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { drawn, Example, nothing, revalidated } from './example.ts';

const water = [27, 127, 140] as const;

describe('the Eleventy example', () => {
  const eleventy = new Example({
    name: 'eleventy',
    build: ['eleventy'],
    start: () => ['node', '../static-host.mjs', '_site'],
  });

  eleventy.page('/', { keptFor: 3600, accent: water });
  eleventy.page('/posts/what-the-ebb-leaves/', { keptFor: 3600, accent: water });

  it('is asked after the hour, and not drawn where the file is the same', async () => {
    const target = '/posts/reading-a-tide-table/';
    assert.deepEqual(await eleventy.cost(target), drawn);
    eleventy.test.clock.move(3590);
    assert.deepEqual(await eleventy.cost(target), nothing);
    eleventy.test.clock.move(20);
    assert.deepEqual(await eleventy.cost(target), revalidated);
  });
});
