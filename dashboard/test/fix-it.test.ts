import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { checkTags } from '../../client/testing/tags.ts';
import type { Website } from '../../server/src/model/website.ts';
import { type Origin, startOrigin } from '../../server/test/harness/origin.ts';
import { createAccount, type Dashboard, openDashboard, signIn, type Window } from './harness/dashboard.ts';

let dashboard: Dashboard;
let origin: Origin;
let website: Website;
let window: Window;
let page: Page;

// With each kind of fault at once: missing, wrong, and twice.
const faulty = `<title>Its own title</title><meta property="og:title" content=""><meta property="og:image" content="/a.png">
<meta property="og:image" content="/b.png"><meta property="og:plus:cache:max_age" content="long">
<meta property="og:plus:viewport:width" content="wide"><meta property="og:plus:delay" content="soon">`;

before(async () => {
  origin = await startOrigin((_, res) => {
    res.writeHead(200, { 'Content-Type': 'text/html', 'Cache-Control': 'max-age=31536000' });
    res.end(`<!doctype html><html><head>${faulty}</head><body><h1>A page</h1></body></html>`);
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

const check = async (of: Page) => {
  await of.goto(`/websites/${website.id}/check?target=/blog/hello`);
  await of.getByRole('heading', { name: 'Tags' }).waitFor();
};
const mend = (of: Page, what: RegExp) => of.getByRole('button', { name: what });
const openAll = async (of: Page) => {
  const closed = of.getByRole('button', { name: /^Fix it:/, expanded: false });
  while ((await closed.count()) > 0) await closed.first().click();
};

describe('a finding of a check', () => {
  it('has what mends it beside it', async () => {
    await check(page);
    const tags = ['og:title', 'og:image', 'og:plus:cache:max_age', 'og:plus:viewport:width', 'og:plus:delay'];
    for (const tag of [...tags, 'og:description', 'og:url', 'og:type', 'twitter:card', 'caching']) {
      await mend(page, new RegExp(`^Fix it: ${tag}`))
        .first()
        .waitFor();
    }
    // The first is open, for people to see what it is.
    assert.equal(await mend(page, /^Fix it: og:title/).getAttribute('aria-expanded'), 'true');
    await page.getByText('<meta property="og:title" content="Its own title">').waitFor();
  });

  it('is mended by all of them together', async () => {
    await openAll(page);
    const codes = await page.locator('pre code').allInnerTexts();
    const card = website.connection;
    assert.ok(codes.some((code) => code.includes(card)));
    const html = codes.filter((code) => code.startsWith('<meta')).join('\n');
    const left = checkTags(`<head>${html}</head>`, `${origin.url}/blog/hello`).filter(({ fault }) => fault !== null);
    // What mends one mends it once: the tag for the picture stands below both of its findings.
    assert.deepEqual(
      left.map(({ fault }) => fault),
      ['image-twice'],
    );
  });

  it('is mended in the framework that is chosen', async () => {
    await page.getByLabel('Framework of the snippets').first().click();
    await page.getByRole('option', { name: 'Next.js' }).click();
    await page.getByText("title: 'Its own title',").first().waitFor();
    await page.getByText('app/blog/hello/page.jsx').first().waitFor();
  });
});

describe('the framework of a website', () => {
  it('is remembered, on the screen of a page too, and for everybody', async () => {
    const other = await dashboard.newWindow();
    await other.page.goto('/');
    await signIn(other.page, 'Ada');
    await other.page.getByRole('heading', { name: 'Websites' }).waitFor();
    await other.page.goto(`/websites/${website.id}/page?target=/blog/hello`);
    await mend(other.page, /^Fix it: og:title/).waitFor();
    await other.page.getByText("title: 'Its own title',").first().waitFor();
    await mend(other.page, /^Fix it: caching/).click();
    await other.page.getByText('cache: { etag: post.updatedAt }').waitFor();
    await other.page.goto(`/websites/${website.id}/install`);
    const tab = other.page.getByRole('tab', { name: 'Next.js', selected: true });
    await tab.waitFor();
    assert.deepEqual(other.complaints, []);
  });

  it('is remembered where it is chosen on the screen of the installation', async () => {
    await page.goto(`/websites/${website.id}/install`);
    const saved = page.waitForResponse((one) => one.request().method() === 'PATCH');
    await page.getByRole('tab', { name: 'Nuxt' }).click();
    assert.equal((await saved).status(), 200);
    await check(page);
    await page.getByText('app/pages/blog/hello.vue').first().waitFor();
  });

  it('meets no fault of the dashboard', () => assert.deepEqual(window.complaints, []));
});
