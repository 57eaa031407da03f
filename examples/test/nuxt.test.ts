import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openBrowser } from '../../dashboard/test/harness/browser.ts';
import { Example } from './example.ts';

const green = [79, 121, 66] as const;

describe('the Nuxt example', () => {
  const nuxt = new Example({
    name: 'nuxt',
    build: ['nuxt', 'build'],
    start: () => ['node', '.output/server/index.mjs'],
  });

  nuxt.page('/', { keptFor: 600, accent: green }); // a tag
  nuxt.page('/plants/wood-sorrel', { keptFor: 86_400, accent: green }); // a header by a rule, a template
  nuxt.page('/today', { keptFor: 3600, accent: green }); // swr

  it('hydrates its template without a complaint', async () => {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      const said: string[] = [];
      page.on('console', (message) => ['error', 'warning'].includes(message.type()) && said.push(message.text()));
      page.on('pageerror', (error) => said.push(error.message));
      await page.goto(`${nuxt.site.url}/plants/sea-holly`, { waitUntil: 'networkidle' });
      await page.getByRole('link', { name: 'Herbarium' }).click();
      await page.getByText('Plants, pressed and named').waitFor();
      await page.getByRole('link', { name: 'Sea holly' }).click();
      await page.getByText('Blue, armed').waitFor();
      assert.deepEqual(said, []);
    } finally {
      await browser.close();
    }
  });
});
