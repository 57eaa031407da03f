import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { type DjangoSite, pythonWithDjango, startDjango } from '../../server/test/harness/django.ts';
import { createAccount, type Dashboard, openDashboard, type Window } from './harness/dashboard.ts';

const python = pythonWithDjango();
// In CI Django is installed; a run without it is a fault there, not a reason to skip.
const skip =
  python === undefined && process.env['CI'] !== 'true'
    ? 'NO PYTHON WITH DJANGO WAS FOUND: the first steps of a site owner are not tested (apt install python3-django)'
    : false;

const post = '/posts/reading-a-lighthouse/';

/** In the order in which a site owner comes to them; each stands on those before. */
describe("a site owner's first steps", { skip }, () => {
  let dashboard: Dashboard;
  let window: Window;
  let page: Page;
  let django: DjangoSite;
  let connectionUrl: string;

  before(async () => {
    assert.ok(python !== undefined, 'a Python with Django');
    django = await startDjango(python);
    dashboard = await openDashboard();
    window = await dashboard.newWindow({ permissions: ['clipboard-read', 'clipboard-write'] });
    page = window.page;
  });
  after(async () => {
    await dashboard?.[Symbol.asyncDispose]();
    await django?.[Symbol.asyncDispose]();
  });

  /** Asks for the post's card as a network would, where its og:image says that it is. */
  async function askForCard() {
    const html = await (await fetch(django.url + post)).text();
    const image = /og:image" content="([^"]+)"/.exec(html)?.[1] ?? '';
    assert.ok(image.startsWith(connectionUrl), `og:image is ${image}`);
    const { hostname } = new URL(connectionUrl);
    const renders = dashboard.test.service.renderer.started;
    const target = image.slice(connectionUrl.length);
    const response = await dashboard.test.ask(target, { host: hostname, 'user-agent': 'Slackbot-LinkExpanding 1.0' });
    return { status: response.status, renders: dashboard.test.service.renderer.started - renders };
  }

  it('are told where the first account comes from', async () => {
    await page.goto('/');
    await page.getByText('Open the link that npm start printed').waitFor();
  });

  it('make the first account, and find no website yet', async () => {
    await createAccount(page, await dashboard.firstAccountLink(), 'Ada');
    await page.getByRole('heading', { name: 'No website yet' }).waitFor();
  });

  it('add a website by its address', async () => {
    await page.getByRole('link', { name: 'Add a website' }).click();
    await page.getByLabel('Address').fill(django.url);
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('heading', { name: 'Install' }).waitFor();
  });

  it('are told by the check that the pages carry no tag yet', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Check a page' }).click();
    await page.getByLabel('Path').fill(post);
    await page.keyboard.press('Enter');
    await page.getByText('Missing: without it there is no card.').waitFor();
  });

  it('copy the setting for Django, and paste it into the running site', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Install' }).click();
    await page.getByRole('tab', { name: 'Django' }).click();
    const setting = page.getByRole('tabpanel').locator('pre').filter({ hasText: 'OGPLUS_CONNECTION_URL' }).first();
    connectionUrl = /https?:\/\/[^"']+/.exec((await setting.textContent()) ?? '')?.[0] ?? '';
    assert.match(connectionUrl, /^http:\/\/[a-z]+\.localhost/);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    const port = Number(new URL(django.url).port);
    await django[Symbol.asyncDispose]();
    django = await startDjango(python ?? '', { port, connectionUrl });
  });

  it('are told by the check that the tag is right now', async () => {
    await page.goto(`/websites/1/check?${new URLSearchParams({ target: post })}`);
    await page.getByText('All tags are right.').waitFor();
  });

  it('find the page by typing, once its card was asked for', async () => {
    assert.deepEqual(await askForCard(), { status: 200, renders: 1 });
    assert.deepEqual(await askForCard(), { status: 200, renders: 0 });
    await page.getByRole('navigation').getByRole('link', { name: 'Pages' }).click();
    await page.getByText(post, { exact: true }).first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('nothing-of-this-name');
    await page.getByText('Nothing found').waitFor();
    await page.getByLabel('Search pages').fill('lighthouse');
    await page
      .getByRole('link', { name: /lighthouse/ })
      .first()
      .click();
    await page.getByRole('button', { name: /^Purge/ }).waitFor();
  });

  it('see the card as the networks show it', async () => {
    for (const network of ['X', 'Facebook', 'LinkedIn', 'Slack', 'Discord', 'WhatsApp', 'Telegram', 'Bluesky']) {
      await page.getByText(network, { exact: true }).first().waitFor();
    }
    const picture = page.locator('img[src*="/picture?"]').first();
    await picture.waitFor();
    assert.ok(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth > 0)));
    await page.getByText('Fresh for').first().waitFor();
  });

  it('purge it, and the next request draws it again', async () => {
    await page.getByRole('button', { name: /^Purge/ }).click();
    await page.getByText(`The pictures of ${post} were deleted`).waitFor();
    assert.deepEqual(await askForCard(), { status: 200, renders: 1 });
  });

  it('have it drawn now, and see how far it is', async () => {
    const renders = dashboard.test.service.renderer.started;
    await page
      .getByRole('button', { name: /^Draw for all networks/ })
      .first()
      .click();
    await page
      .getByText(/^Drew \d+ cards/)
      .first()
      .waitFor();
    assert.ok(dashboard.test.service.renderer.started > renders);
  });

  it('meet no fault of the dashboard on the way', () => {
    assert.deepEqual(window.complaints, []);
  });
});
