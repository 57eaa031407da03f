import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import type { Website } from '../../server/src/model/website.ts';
import { type Origin, startOrigin } from '../../server/test/harness/origin.ts';
import { createAccount, type Dashboard, openDashboard, type Window } from './harness/dashboard.ts';

let dashboard: Dashboard;
let origin: Origin;
let website: Website;
let window: Window;
let page: Page;

before(async () => {
  const photo = await sharp({ create: { width: 800, height: 420, channels: 3, background: '#0a0' } })
    .png()
    .toBuffer();
  dashboard = await openDashboard();
  const heads: Record<string, () => string> = {
    '/untagged': () => '<title>  A page &amp; its\n title </title><meta name="description" content="What it is">',
    '/foreign': () =>
      `<title>t</title><meta property="og:title" content="A photo"><meta property="og:image" content="${origin.url}/photo.png">`,
    '/own': () =>
      `<meta property="og:title" content="Its own"><meta property="og:image" content="${dashboard.test.service.address.replace('127.0.0.1', `${website.connection}.localhost`)}/own">`,
  };
  origin = await startOrigin((req, res) => {
    if (req.url === '/photo.png') return void res.writeHead(200, { 'Content-Type': 'image/png' }).end(photo);
    res.writeHead(200, { 'Content-Type': 'text/html', 'Cache-Control': 'max-age=600' });
    res.end(`<!doctype html><html><head>${heads[req.url ?? '']?.() ?? ''}</head><body><h1>A page</h1></body></html>`);
  });
  website = await dashboard.test.website(origin.url);
  for (const target of Object.keys(heads)) await dashboard.test.card(website, target);
  window = await dashboard.newWindow();
  page = window.page;
  await createAccount(page, await dashboard.firstAccountLink(), 'Ada');
  await page.getByRole('heading', { name: 'Websites' }).waitFor();
});
after(async () => {
  await dashboard?.[Symbol.asyncDispose]();
  await origin?.[Symbol.asyncDispose]();
});

const look = async (target: string) => {
  await page.goto(`/websites/${website.id}/page?target=${encodeURIComponent(target)}`);
  await page.getByRole('heading', { name: 'As networks show it' }).waitFor();
};
const frame = (label: string) =>
  page
    .getByRole('figure')
    .filter({ has: page.getByText(label, { exact: true }) })
    .first();

describe('a page as networks show it', () => {
  it('without og:image shows its <title> and no picture; with the tag, its card', async () => {
    await look('/untagged');
    await page.getByText('networks show no picture').waitFor();
    await frame('Slack')
      .getByRole('img', { name: /“A page & its title”.*What it is/ })
      .waitFor();
    assert.equal(await page.locator('figure img').count(), 0);
    await page.getByText('With the tag', { exact: true }).click();
    await frame('Slack').locator('img').waitFor();
    await frame('Slack').getByText('The picture for everyone else').waitFor();
  });

  it("shows somebody else's picture where the page names it", async () => {
    await look('/foreign');
    await page.getByText(`networks show that one: ${origin.url}/photo.png`).waitFor();
    const picture = frame('Facebook').locator('img');
    await picture.waitFor();
    await page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLImageElement>('figure img')].some((one) => one.naturalWidth === 800),
    );
    await page.getByText('With the tag', { exact: true }).click();
    assert.match((await picture.getAttribute('src')) ?? '', /\/picture\?/);
  });

  it('shows its card where the page names that', async () => {
    await look('/own');
    assert.match((await frame('Facebook').locator('img').getAttribute('src')) ?? '', /\/picture\?/);
    assert.equal(await page.getByText('With the tag', { exact: true }).count(), 0);
  });

  it('meets no fault of the dashboard', () => assert.deepEqual(window.complaints, []));
});
