import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { createAccount, type Dashboard, openDashboard } from './harness/dashboard.ts';

const built = fileURLToPath(new URL('../dist', import.meta.url));
const most = 300_000;

let dashboard: Dashboard;
before(async () => {
  dashboard = await openDashboard();
});
after(() => dashboard?.[Symbol.asyncDispose]());

/** The scripts that a page asks for from now on, and what they weigh on their way. */
function scriptsOf(page: Page) {
  const paths = new Set<string>();
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('.js')) paths.add(pathname);
  });
  return async () => {
    const sizes = await Promise.all([...paths].map(async (path) => (await stat(`${built}${path}.gz`)).size));
    return sizes.reduce((sum, size) => sum + size, 0);
  };
}

describe('the JavaScript of the first screens', () => {
  it('is under 300 kB, compressed, for who signs in and for who is signed in', async () => {
    const { page, context } = await dashboard.newWindow();
    await createAccount(page, await dashboard.firstAccountLink(), 'Ada');
    await page.getByText('No website yet').waitFor();
    const { page: stranger } = await dashboard.newWindow();
    for (const [who, screen, says] of [
      ['a stranger', stranger, 'Forgot your password?'],
      ['Ada', await context.newPage(), 'No website yet'],
    ] as const) {
      const weight = scriptsOf(screen);
      await screen.goto('/', { waitUntil: 'networkidle' });
      await screen.getByText(says).waitFor();
      const bytes = await weight();
      assert.ok(bytes > 0 && bytes < most, `${who} is sent ${bytes} bytes`);
    }
  });
});
