import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { checkTags, readTags } from '../../client/testing/tags.ts';
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
  origin = await startOrigin((req, res) => {
    res.writeHead(req.url === '/gone' ? 404 : 200, { 'Content-Type': 'text/html', 'Cache-Control': 'max-age=600' });
    const head = '<title>Its own title</title><meta name="description" content="Its own description">';
    res.end(`<!doctype html><html><head>${head}</head><body><h1>A page</h1></body></html>`);
  });
  dashboard = await openDashboard();
  website = await dashboard.test.website(origin.url);
  await dashboard.test.card(website, '/blog/hello');
  window = await dashboard.newWindow();
  page = window.page;
  await createAccount(page, await dashboard.firstAccountLink(), 'Ada');
  await page.getByRole('heading', { name: 'Websites' }).waitFor();
});
after(async () => {
  await dashboard?.[Symbol.asyncDispose]();
  await origin?.[Symbol.asyncDispose]();
});

const code = async (nth = 0) => page.locator('pre code').nth(nth).innerText();

describe('the tag builder', () => {
  it('is reached from a check and from a page, and begins with the words of the page', async () => {
    for (const screen of ['check', 'page']) {
      await page.goto(`/websites/${website.id}/${screen}?target=/blog/hello`);
      await page.getByRole('link', { name: 'Open in the tag builder' }).click();
      await page.getByRole('heading', { name: 'Tag builder' }).waitFor();
      await page.getByRole('textbox', { name: 'Title' }).waitFor();
    }
    assert.equal(await page.getByRole('textbox', { name: 'Title' }).inputValue(), 'Its own title');
    assert.equal(await page.getByRole('textbox', { name: 'Description' }).inputValue(), 'Its own description');
  });

  it('shows what each network makes of the words while they are typed', async () => {
    await page
      .getByRole('textbox', { name: 'Title' })
      .fill('A title that "somebody" types & that is longer than forty characters');
    await page.getByRole('textbox', { name: 'Description' }).fill('About what is typed');
    for (const { label, description } of networkFrames) {
      const about = description === null ? '127\\.0\\.0\\.1:\\d+$' : '.*About what is typed';
      const says = new RegExp(`^On ${label}: “A title that "somebody" types.*”, ${about}`);
      await page.getByRole('img', { name: says }).waitFor();
    }
    await page.getByText('Cut on Pinterest after 40 characters').waitFor();
    // Drawn now, for each shape.
    await page.locator('figure img').first().waitFor();
  });

  it('gives tags that the check finds right', async () => {
    const html = await code();
    const faults = checkTags(`<head>${html}</head>`, `${origin.url}/blog/hello`).filter(
      ({ level }) => level !== 'good',
    );
    assert.deepEqual(faults, []);
    const [title] = readTags(html);
    assert.deepEqual(title?.content, 'A title that "somebody" types & that is longer than forty characters');
    await page.getByRole('button', { name: /^Copy: Code for blog\/hello\.html/ }).waitFor();
  });

  it('gives them in the framework that is chosen, and as HTML beside it', async () => {
    await page.getByLabel('Framework of the snippets').first().click();
    await page.getByRole('option', { name: 'SvelteKit' }).click();
    await page.getByText('src/routes/blog/hello/+page.server.js').waitFor();
    assert.match(await code(), /title: 'A title that "somebody" types &/);
    assert.match(await code(2), /^<meta property="og:title"/);
  });

  it('asks for a title', async () => {
    await page.getByRole('textbox', { name: 'Title' }).fill(' ');
    await page.getByText('Enter a title: the card needs one.').waitFor();
  });

  it('says why there are no words', async () => {
    await page.goto(`/websites/${website.id}/builder?target=/gone`);
    await page.getByText('Check the address. Only pages that exist can have a card.').waitFor();
  });

  it('meets no fault of the dashboard', () => assert.deepEqual(window.complaints, []));
});
