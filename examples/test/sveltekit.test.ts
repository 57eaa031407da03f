import { describe } from 'node:test';
import { Example } from './example.ts';

const moon = [255, 209, 102] as const;

describe('the SvelteKit example', () => {
  const kit = new Example({ name: 'sveltekit', build: ['vite', 'build'], start: () => ['node', 'build'] });

  kit.page('/', { keptFor: 3600, accent: moon }); // setHeaders
  kit.page('/stars/vega', { keptFor: 3600, accent: moon }); // tags
  kit.page('/sky', { keptFor: 600, accent: moon }); // a hook
});
