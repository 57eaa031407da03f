import { describe } from 'node:test';
import { Example } from './example.ts';

const crust = [181, 101, 29] as const;

describe('the Astro example', () => {
  const astro = new Example({
    name: 'astro',
    build: ['astro', 'build'],
    start: () => ['node', 'dist/server/entry.mjs'],
  });

  astro.page('/', { keptFor: 3600, accent: crust }); // prerendered, a tag
  astro.page('/loaves/rye', { keptFor: 86_400, accent: crust }); // a header, a template
  astro.page('/today', { keptFor: 600, accent: crust }); // the middleware
});
