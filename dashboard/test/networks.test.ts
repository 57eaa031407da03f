import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { networkFrames } from '../../server/src/model/networks/network-frames.ts';
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
  const small = await sharp(photo).resize(120, 63).png().toBuffer();
  dashboard = await openDashboard();
  const heads: Record<string, () => string> = {
    '/untagged': () => '<title>  A page &amp; its\n title </title><meta name="description" content="What it is">',
    '/foreign': () =>
      `<title>t</title><meta property="og:title" content="A photo"><meta property="og:image" content="${origin.url}/photo.png">`,
    '/small': () => `<title>t</title><meta property="og:image" content="${origin.url}/small.png">`,
    '/lost': () => `<title>t</title><meta property="og:image" content="${origin.url}/lost.png">`,
    '/own': () =>
      `<meta property="og:title" content="Its own"><meta property="og:image" content="${dashboard.test.service.address.replace('127.0.0.1', `${website.connection}.localhost`)}/own">`,
  };
  origin = await startOrigin((req, res) => {
    if (req.url === '/photo.png') return void res.writeHead(200, { 'Content-Type': 'image/png' }).end(photo);
    if (req.url === '/small.png') return void res.writeHead(200, { 'Content-Type': 'image/png' }).end(small);
    if (req.url === '/lost.png') return void res.writeHead(404).end();
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

const others = networkFrames.map(({ label }) => label);

describe('a page as networks show it', () => {
  it('has a frame for each network', async () => {
    await look('/own');
    assert.deepEqual(await page.locator('figure figcaption').allInnerTexts(), others);
  });

  it('without og:image shows its <title> and no picture today; beside it, with the tag, its card', async () => {
    await look('/untagged');
    await page.getByText('networks show no picture').waitFor();
    const today = frame('Slack')
      .getByRole('img', { name: /“A page & its title”.*What it is/ })
      .first();
    await today.waitFor();
    for (const label of others) {
      const stages = frame(label).getByRole('img', { name: /^On / });
      assert.equal(await stages.count(), 2, label);
      assert.equal(await stages.first().locator('img').count(), 0, label);
      assert.ok((await stages.last().locator('img').count()) > 0, label);
    }
    await frame('Slack').getByText('The picture drawn for everyone else').waitFor();
  });

  it('is shown as it is today alone, or as with the tag alone', async () => {
    await page.getByText('Today', { exact: true }).first().click();
    await page.getByText('With the tag', { exact: true }).nth(1).waitFor({ state: 'detached' });
    assert.equal(await page.locator('figure img').count(), 0);
    await page.getByText('With the tag', { exact: true }).click();
    await frame('Slack').locator('img').waitFor();
    assert.equal(await frame('Slack').getByRole('img', { name: /^On / }).count(), 1);
  });

  it("shows somebody else's picture where the page names it, in its own size", async () => {
    await look('/foreign');
    await page.getByText(`networks show that one: ${origin.url}/photo.png`).waitFor();
    for (const label of others) {
      const picture = frame(label).getByRole('img', { name: /^On / }).first().locator('img').first();
      await picture.waitFor({ state: 'attached' });
      assert.match((await picture.getAttribute('src')) ?? '', /named-picture/, label);
      const card = frame(label).getByRole('img', { name: /^On / }).last().locator('img').first();
      assert.match((await card.getAttribute('src')) ?? '', /\/picture\?/, label);
    }
    const shape = await frame('Slack')
      .locator('img')
      .first()
      .evaluate((one) => (one.parentElement as HTMLElement).getBoundingClientRect())
      .then(({ width, height }) => width / height);
    assert.equal(shape.toFixed(2), (800 / 420).toFixed(2));
  });

  it('leaves out a picture that is too small for the network', async () => {
    await look('/small');
    const today = (label: string) => frame(label).getByRole('img', { name: /^On / }).first();
    await today('Slack').locator('img').waitFor();
    assert.equal(await today('Facebook').locator('img').count(), 0);
  });

  it('shows no picture where the page names an address that gives none', async () => {
    await look('/lost');
    await page.getByText('There is no picture at the og:image').waitFor();
    assert.equal(await frame('Slack').getByRole('img', { name: /^On / }).first().locator('img').count(), 0);
  });

  it('shows its card where the page names that', async () => {
    await look('/own');
    assert.match((await frame('Facebook').locator('img').getAttribute('src')) ?? '', /\/picture\?/);
    assert.equal(await page.getByText('With the tag', { exact: true }).count(), 0);
  });

  it('says whose card a network gets that asks as another one', async () => {
    await dashboard.test.card(website, '/own', { 'user-agent': 'facebookexternalhit/1.1' });
    await look('/own');
    await frame('Threads').getByText('Threads gets the picture drawn for Facebook').waitFor();
  });

  it('meets no fault of the dashboard', () => assert.deepEqual(window.complaints, []));
});
