import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { page as answerPage, type Origin, startOrigin } from '../../server/test/harness/origin.ts';
import { createAccount, type Dashboard, openDashboard } from './harness/dashboard.ts';

describe('the warm-up screen', () => {
  let dashboard: Dashboard;
  let site: Origin;
  let page: Page;
  const held: Array<() => void> = [];
  let isHeld = true;

  before(async () => {
    dashboard = await openDashboard();
    const fresh = answerPage({ headers: { 'Cache-Control': 'max-age=600' } });
    site = await startOrigin((req, res) => {
      if (req.url === '/map.xml') {
        const urls = ['/a', '/b', '/missing'].map((path) => `<url><loc>http://${req.headers.host}${path}</loc></url>`);
        res.end(`<urlset>${urls.join('')}</urlset>`);
      } else if (req.url === '/missing') answerPage({ status: 404 })(req, res);
      else if (req.url === '/b' && isHeld) held.push(() => fresh(req, res));
      else fresh(req, res);
    });
    const website = await dashboard.test.website(site.url);
    page = (await dashboard.newWindow()).page;
    await createAccount(page, await dashboard.firstAccountLink(), 'Ada');
    await page.getByText('since').first().waitFor();
    await page.goto(`/websites/${website.id}`);
  });
  after(async () => {
    await dashboard?.[Symbol.asyncDispose]();
    await site?.[Symbol.asyncDispose]();
  });

  it('starts a warm-up of a sitemap, and shows by itself how far it is', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Warm-up' }).click();
    await page.getByLabel('Sitemap').fill('/map.xml');
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText('1 of 3 pages: 1 drawn, 0 skipped, 0 failed').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Start' }).count(), 0);
  });

  it('stops it, and resumes it where it was', async () => {
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped', { exact: true }).waitFor();
    isHeld = false;
    for (const letGo of held) letGo();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('3 of 3 pages: 2 drawn, 0 skipped, 1 failed').waitFor();
    await page.getByText('Done', { exact: true }).waitFor();
  });

  it('says which page failed, and why', async () => {
    await page.getByRole('button', { name: 'Show details' }).click();
    await page.getByRole('link', { name: '/missing' }).waitFor();
    await page.getByText('The page answers 404.').waitFor();
  });
});
