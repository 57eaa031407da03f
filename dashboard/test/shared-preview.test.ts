import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { networkFrames } from '../../server/src/model/networks/network-frames.ts';
import type { Website } from '../../server/src/model/website.ts';
import { type Origin, startOrigin } from '../../server/test/harness/origin.ts';
import { member, password } from '../../server/test/harness/people.ts';
import { faultsOf } from './harness/axe.ts';
import { createAccount, type Dashboard, openDashboard, type Window } from './harness/dashboard.ts';

let dashboard: Dashboard;
let origin: Origin;
let website: Website;
let ada: Page;
let stranger: Window;

before(async () => {
  dashboard = await openDashboard();
  const { test } = dashboard;
  origin = await startOrigin((req, res) => {
    const image = `http://${website.connection}.localhost${req.url}`;
    const named = req.url === '/untagged' ? '' : `<meta property="og:image" content="${image}">`;
    res.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'max-age=600' });
    res.end(`<!doctype html><html lang="en"><head><title>A day by the sea</title>
<meta property="og:description" content="Nine days by bicycle and ferry."><meta name="twitter:card" content="summary_large_image">
${named}<style>body{background:#fa8;font:80px sans-serif}</style></head><body>A day by the sea</body></html>`);
  });
  website = await test.website(origin.url);
  for (const target of ['/sea', '/untagged']) await test.card(website, target);
  // axe is put into the page, which its policy forbids.
  ada = (await dashboard.newWindow({ bypassCSP: true })).page;
  await createAccount(ada, await dashboard.firstAccountLink(), 'Ada');
  await ada.getByText('since').first().waitFor();
  stranger = await dashboard.newWindow();
});
after(async () => {
  await dashboard?.[Symbol.asyncDispose]();
  await origin?.[Symbol.asyncDispose]();
});

const screenOf = (target: string) => `/websites/${website.id}/page?target=${encodeURIComponent(target)}`;

/** Creates a link in the dialog, and gives it. */
async function share(target: string): Promise<string> {
  await ada.goto(screenOf(target));
  await ada.getByRole('button', { name: 'Share this preview' }).click();
  await ada.getByRole('button', { name: 'Create a link' }).click();
  await ada.getByText('New', { exact: true }).waitFor();
  return ada.getByRole('textbox', { name: 'Link' }).first().inputValue();
}

/** Has every picture drawn, so that none is waited for. */
async function drawn(url: string): Promise<void> {
  const { pathname } = new URL(url);
  const consumers = new Set(networkFrames.map(({ consumer }) => consumer));
  await Promise.all([...consumers].map((one) => dashboard.test.ask(`${pathname}/pictures/${one}`)));
}

/** Looks at what is shown in three widths and both schemes. */
const judge = async (page: Page) => assert.deepEqual(await faultsOf(page, [390, 820, 1280]), []);

describe('sharing a preview', () => {
  it('gives a link that works for a week, with when it was opened', async () => {
    const url = await share('/sea');
    await ada.getByText('Expires in 7 days, not opened yet').waitFor();
    await stranger.page.goto(url);
    await stranger.page.getByRole('heading', { level: 1, name: 'A day by the sea' }).waitFor();
    await ada.goto(screenOf('/sea'));
    await ada.getByRole('button', { name: 'Share this preview' }).click();
    await ada.getByText(/last opened/).waitFor();
  });

  it('lets one choose for how long', async () => {
    await ada.goto(screenOf('/sea'));
    await ada.getByRole('button', { name: 'Share this preview' }).click();
    await ada.getByText('90 days', { exact: true }).click();
    await ada.getByRole('button', { name: 'Create a link' }).click();
    await ada.getByText('Expires in 90 days').waitFor();
  });

  it('can be used by everybody: the dialog', async () => {
    await judge(ada);
  });

  it('revokes a link', async () => {
    const url = await share('/untagged');
    await ada.getByRole('button', { name: `Revoke ${url}` }).click();
    await ada.getByText('There are no active links to this page.').waitFor();
    await stranger.page.goto(url);
    await stranger.page.getByRole('heading', { name: 'This preview has ended' }).waitFor();
  });

  it('is not offered to viewers', async () => {
    const { email } = await member(dashboard.test, website, 'viewer', 'Grace');
    const { page } = await dashboard.newWindow();
    await page.goto(screenOf('/sea'));
    await page.getByLabel('E-mail').fill(email);
    await page.locator('input[type=password]').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('History').first().waitFor();
    assert.equal(await page.getByRole('button', { name: 'Share this preview' }).count(), 0);
  });
});

describe('a shared preview, opened by a stranger', () => {
  let url: string;
  before(async () => {
    url = await share('/sea');
    await drawn(url);
  });

  it('shows the card in the frame of every network, and loads nothing that its policy forbids', async () => {
    const { page, complaints } = stranger;
    await page.goto(url);
    for (const { label } of networkFrames) {
      const frame = page.locator('figure').filter({ has: page.getByText(label, { exact: true }) });
      const picture = frame.locator('img').first();
      await picture.scrollIntoViewIfNeeded();
      await page.waitForFunction(
        (one) => one instanceof HTMLImageElement && one.naturalWidth > 0,
        await picture.elementHandle(),
      );
    }
    assert.deepEqual(complaints, []);
  });

  it('keeps the choice of colours within the margin of a phone', async () => {
    const { page } = stranger;
    await page.goto(url);
    for (const width of [390, 360, 320]) {
      await page.setViewportSize({ width, height: 844 });
      const box = await page.getByRole('group', { name: 'Colour scheme' }).boundingBox();
      assert.ok(box && box.x + box.width <= width - 16, `${width} px: ends at ${box && box.x + box.width}`);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it('is light or dark by choice, by keyboard too', async () => {
    const { page } = stranger;
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(url);
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await page.getByRole('radio', { name: 'Auto' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    assert.ok(await page.getByRole('radio', { name: 'Dark' }).isChecked());
    assert.notEqual(await paper(), light);
    await page.keyboard.press('ArrowLeft');
    assert.equal(await paper(), light);
  });

  it('shows what networks show today, and on request what they will show with the tag', async () => {
    const { page } = stranger;
    const untagged = await share('/untagged');
    await drawn(untagged);
    await page.goto(untagged);
    const frame = page.locator('figure').filter({ hasText: 'Slack' }).filter({ visible: true });
    await page.getByText('The page has no og:image').waitFor();
    assert.equal(await frame.locator('img').count(), 0);
    await page.getByRole('radio', { name: 'With the tag' }).check();
    await frame.locator('img').waitFor();
  });

  it('can be used by everybody, in both schemes and three widths', async () => {
    const { page } = await dashboard.newWindow({ bypassCSP: true });
    await page.goto(url);
    await judge(page);
    await page.goto(url.slice(0, -1));
    await judge(page);
  });
});

describe('the exact requests of networks', () => {
  it('are shown for the chosen one, with the tags that it reads', async () => {
    await ada.goto(screenOf('/sea'));
    await ada.getByLabel('Network', { exact: true }).selectOption('Slack');
    assert.match(
      await ada.getByRole('textbox', { name: 'Its request for the page' }).inputValue(),
      /^curl .*Slackbot.*\/sea'$/,
    );
    await ada.getByText('Tags that Slack reads').waitFor();
    await ada.getByText('Missing: the name of the site').waitFor();
  });
});
