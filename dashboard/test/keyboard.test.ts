import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { Website } from '../../server/src/model/website.ts';
import type { Origin } from '../../server/test/harness/origin.ts';
import { password } from '../../server/test/harness/people.ts';
import { createAccount, type Dashboard, emailOf, openDashboard } from './harness/dashboard.ts';
import { tabThrough, tabTo } from './harness/keyboard.ts';
import { askForCards, startVariedSite } from './harness/screens.ts';

let site: Origin;
let dashboard: Dashboard;
let website: Website;
/** Somebody who is signed in. */
let ada: Page;

before(async () => {
  dashboard = await openDashboard();
  const varied = await startVariedSite();
  site = varied.site;
  website = await dashboard.test.website(site.url);
  await askForCards(dashboard.test, website, varied.targets);
  ada = (await dashboard.newWindow()).page;
  await createAccount(ada, await dashboard.firstAccountLink(), 'Ada');
  await ada.getByRole('heading', { name: 'Websites' }).waitFor();
});
after(async () => {
  await dashboard?.[Symbol.asyncDispose]();
  await site?.[Symbol.asyncDispose]();
});

describe('the keyboard', () => {
  it('goes from signing in to a purge', async () => {
    const { page } = await dashboard.newWindow();
    const { keyboard } = page;
    await page.goto('/');
    await page.locator('input[type=email]:focus').waitFor();
    await keyboard.type(emailOf('Ada'));
    await keyboard.press('Tab');
    await keyboard.type(password);
    await keyboard.press('Enter');

    const host = new URL(site.url).host;
    await page.getByRole('main').getByText(host).waitFor();
    await tabTo(page, new RegExp(host));
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: '1 page is failing' }).waitFor();
    await tabTo(page, /^Pages$/);
    await keyboard.press('Enter');

    await page.getByText(/^\d+ pages$/).waitFor();
    await keyboard.press('/');
    await keyboard.type('winter');
    await page.getByText('1 page', { exact: true }).waitFor();
    await keyboard.press('Enter');
    await page.locator('[role=row]:focus').waitFor();
    await keyboard.press('Enter');

    const target = '/blog/winter?page=2';
    await page.getByRole('heading', { level: 1, name: target }).waitFor();
    // The keys are there when what they do can be seen.
    await page.getByRole('button', { name: /^Purge/ }).waitFor();
    await keyboard.press('p');
    await page.getByText(`The pictures of ${target} were deleted. The next request draws the page again.`).waitFor();
    await page.getByText('The kept pictures were dropped.').first().waitFor();
  });

  it('purges a page from the table', async () => {
    await ada.goto(`/websites/${website.id}/pages`);
    await ada.getByText(/^\d+ pages$/).waitFor();
    await ada.keyboard.press('/');
    await ada.keyboard.type('by-the-sea'); // the titles of all pages have “sea”
    await ada.getByText('1 page', { exact: true }).waitFor();
    await ada.keyboard.press('Enter');
    await ada.locator('[role=row]:focus').waitFor();
    await ada.keyboard.press('p');
    await ada.getByText('Purged pages are drawn again with their next request.').waitFor();
  });

  for (const [name, path] of [
    ['the websites', () => '/'],
    ['the pages', () => `/websites/${website.id}/pages`],
    ['one page', () => `/websites/${website.id}/page?target=%2F`],
    ['the settings', () => `/websites/${website.id}/settings`],
    ['the members', () => `/websites/${website.id}/members`],
    ['the account', () => '/account'],
  ] as const) {
    it(`reaches every control of ${name}, and it is seen where it is`, async () => {
      await ada.goto(path());
      await ada.getByRole('heading', { level: 1 }).waitFor();
      await ada.waitForFunction(
        () => document.querySelector('.mantine-Loader-root, [data-visible].mantine-Skeleton-root') === null,
      );
      const { missed, unseen, count } = await tabThrough(ada);
      assert.deepEqual({ missed, unseen }, { missed: [], unseen: [] });
      assert.ok(count > 5);
    });
  }
});
