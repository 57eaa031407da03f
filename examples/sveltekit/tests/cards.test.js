import { expect, test } from 'vitest';

// Against the built site, `node build`: the development server forbids caching.
const site = process.env.TEST_URL ?? 'http://localhost:3000';

test('a star has its card, and keeps it for an hour', async () => {
  const response = await fetch(`${site}/stars/vega`);

  await expect(response).toHaveOpenGraphTags();
  await expect(response).toHaveOgTag('og:title', 'Vega');
  await expect(response).toHaveCardOf('https://example.com/stars/vega');
  await expect(response).toKeepCardFor(3600);
});
