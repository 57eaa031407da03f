import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Example } from './example.ts';

const moon = [255, 209, 102] as const;
const folder = fileURLToPath(new URL('../sveltekit/', import.meta.url));

describe('the SvelteKit example', () => {
  const kit = new Example({ name: 'sveltekit', build: ['vite', 'build'], start: () => ['node', 'build'] });

  kit.page('/', { keptFor: 3600, accent: moon }); // setHeaders
  kit.page('/stars/vega', { keptFor: 3600, accent: moon }); // tags
  kit.page('/sky', { keptFor: 600, accent: moon }); // a hook

  it('passes its own tests', async () => {
    const env = { ...process.env, TEST_URL: kit.site.url };
    await promisify(execFile)(`${folder}node_modules/.bin/vitest`, ['run'], { cwd: folder, env });
  });
});
