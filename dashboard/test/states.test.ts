import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { networkFrames } from '../../server/src/model/networks/network-frames.ts';
import type { Website } from '../../server/src/model/website.ts';
import { page as document, type Origin, startOrigin } from '../../server/test/harness/origin.ts';
import { cells } from '../../server/test/harness/page-states.ts';
import { until } from '../../server/test/harness/until.ts';
import { createAccount, type Dashboard, openDashboard, type Window } from './harness/dashboard.ts';

let dashboard: Dashboard;
let origin: Origin;
let website: Website;
let window: Window;

before(async () => {
  origin = await startOrigin(document());
  dashboard = await openDashboard({ OGPLUS_FAILURE_MEMORY_MS: '0' });
  website = await dashboard.test.website(origin.url);
  window = await dashboard.newWindow({ timezoneId: 'UTC' });
  await createAccount(window.page, await dashboard.firstAccountLink(), 'Ada');
  await window.page.getByRole('heading', { name: 'Websites' }).waitFor();
});
after(async () => {
  await dashboard?.[Symbol.asyncDispose]();
  await origin?.[Symbol.asyncDispose]();
});

const showPictures = (page: Page) =>
  page.getByRole('region', { name: 'Kept pictures' }).getByRole('button', { name: 'Show' }).click();
/** Goes to another screen as a link of the dashboard does: without loading the dashboard again. */
const follow = (page: Page, address: string) =>
  page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, address);
const pageAt = (target: string) => `/websites/${website.id}/page?target=${encodeURIComponent(target)}`;

describe('the screen of a page that is', () => {
  for (const [nth, { kind, kept, says, reach }] of cells.entries()) {
    it(`${kind}, where is kept: ${kept}`, async () => {
      const { page } = window;
      const target = `/state-${nth}`;
      await reach({ test: dashboard.test, website, origin }, target);
      await follow(page, pageAt(target));
      await page.getByRole('heading', { name: target, exact: true }).waitFor();
      const state = page.locator('[data-page-state]');
      await state.waitFor();
      assert.equal(await state.getAttribute('data-page-state'), kind);
      const lines = state.locator('p');
      // Moments are shown on the reader's clock.
      const sentence = await lines.nth(1).evaluate((line) => {
        for (const time of line.querySelectorAll('time')) time.textContent = time.dateTime;
        return line.textContent;
      });
      assert.match(sentence ?? '', says);
    });
  }
});

describe('a page that fails from its first request', () => {
  it('is on the overview, in the filter and in the search, with its reason and the network', async () => {
    const { page } = window;
    const [reason, target] = ['The page answers 503.', '/never-worked'];
    origin.answer = document({ status: 503 });
    await dashboard.test.card(website, target, { 'user-agent': 'Slackbot-LinkExpanding 1.0' });
    await page.goto(`/websites/${website.id}`);
    const failure = page.getByRole('listitem').filter({ hasText: target });
    await failure.getByText(`${reason} Requested by Slack.`).waitFor();
    for (const query of ['state=failing', 'search=never-w']) {
      await page.goto(`/websites/${website.id}/pages?${query}`);
      const row = page.getByRole('row').filter({ hasText: target });
      await row.getByText(reason).waitFor();
      await row.getByText('Failing', { exact: true }).waitFor();
      await row.getByText('Slack', { exact: true }).waitFor();
      await row
        .getByText('1 request')
        .or(row.getByText('1', { exact: true }))
        .first()
        .waitFor();
    }
  });
});

describe('the period of the overview', () => {
  it('is the last hours, today, or from one day to another, and stays in the address', async () => {
    const { page } = window;
    const day = (ago: number) => new Date(dashboard.test.clock.now() - ago * 86_400_000).toISOString().slice(0, 10);
    // The days that can be chosen are the browser's; the service's are moved.
    await page.clock.setFixedTime(dashboard.test.clock.now());
    origin.answer = document();
    await dashboard.test.card(website, '/of-today');
    await page.goto(`/websites/${website.id}`);
    await page.getByText('Today', { exact: true }).click();
    await page.waitForURL('**?days=1');
    await page.getByText('24 hours', { exact: true }).click();
    await page.waitForURL('**?hours=24');
    await page.getByRole('img', { name: /requests in 24 hours, by hour/ }).waitFor();
    await page.getByText('Hours are in UTC.').waitFor();
    await page.getByText('Today', { exact: true }).click();
    await page.getByRole('img', { name: /requests in 1 day, by hour/ }).waitFor();
    await page.getByText('Days and hours are in UTC.').waitFor();
    await page.getByText('Dates', { exact: true }).click();
    await page.waitForURL(`**?from=${day(0)}&to=${day(0)}`);
    await page.getByLabel('From (UTC)').fill(day(9));
    await page.keyboard.press('Enter');
    await page.waitForURL(`**?from=${day(9)}&to=${day(0)}`);
    await page.getByRole('img', { name: /requests in 10 days,/ }).waitFor();
    await page.getByLabel('To (UTC)').fill(day(2));
    await page.keyboard.press('Enter');
    await page.waitForURL(`**?from=${day(9)}&to=${day(2)}`);
    await page.reload();
    await page.getByRole('img', { name: /requests in 8 days,/ }).waitFor();
  });
});

describe('the screen of a page that many networks ask for', () => {
  const target = '/shared-widely';
  const agents = [
    'facebookexternalhit/1.1',
    'Twitterbot/1.0',
    'LinkedInBot/1.0',
    'Slackbot-LinkExpanding 1.0',
    'Discordbot/2.0',
    'WhatsApp/2.23.20.0',
  ];

  before(async () => {
    // A screen that is open would show each of these as it happens.
    await window.page.goto('about:blank');
    const picture = `http://${website.connection}.localhost:${new URL(dashboard.test.service.address).port}${target}`;
    const head = ['og:image', 'og:title', 'og:description']
      .map((name, nth) => [
        name,
        [picture, 'Five ways to the sea', 'A walk along the coast, in five days. '.repeat(5)][nth],
      ])
      .map(([name, content]) => `<meta property="${name}" content="${content}">`);
    for (let round = 0; round < 4; round++) {
      origin.answer = document({
        head: head.join(''),
        body: `<h1>${round}</h1>`,
        headers: { 'Cache-Control': 'max-age=60' },
      });
      for (const agent of agents) await dashboard.test.card(website, target, { 'user-agent': agent });
      dashboard.test.clock.move(61);
    }
  });

  it('sends all that its first view needs before anything is answered', async () => {
    const { page } = window;
    const asked: string[] = [];
    let isHeld = true;
    const held: Array<() => void> = [];
    await page.route('**/api/**', async (route) => {
      asked.push(new URL(route.request().url()).pathname);
      if (isHeld) await new Promise<void>((resolve) => held.push(resolve));
      await route.continue();
    });
    await page.goto(pageAt(target), { waitUntil: 'commit' });
    const needed = [`/websites/${website.id}/page`, `/websites/${website.id}`, '/consumers', '/session'];
    const isAsked = (path: string) => asked.some((one) => one.endsWith(path));
    await until('all is asked for', () => needed.every(isAsked));
    const first = [...asked];
    isHeld = false;
    for (const letGo of held) letGo();
    await page.locator('[data-page-state]').waitFor();
    const later = asked.filter(
      (path) => !first.includes(path) && !/events|picture|icon|preview|named|network|probes/.test(path),
    );
    assert.deepEqual(later, []);
    await page.unroute('**/api/**');
  });

  it('is no longer than 4,000 px, and no wider than the window', async () => {
    const { page } = window;
    for (const width of [1440, 1280, 820, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await page.goto(pageAt(target));
      await page.locator('[data-page-state]').waitFor();
      await page.locator('[data-visible].mantine-Skeleton-root').first().waitFor({ state: 'detached' });
      const { scrollHeight, scrollWidth } = await page
        .locator('html')
        .evaluate(({ scrollHeight, scrollWidth }) => ({ scrollHeight, scrollWidth }));
      assert.ok(scrollHeight > 900 && scrollHeight < 4000, `${scrollHeight} px high at ${width}`);
      assert.ok(scrollWidth <= width, `${scrollWidth} px wide at ${width}`);
    }
  });

  it('has on a phone frames of one height beside each other, and less important parts folded', async () => {
    const { page } = window;
    const heights = await page
      .getByRole('img', { name: /^On / })
      .evaluateAll((frames) => frames.map((frame) => Math.round(frame.getBoundingClientRect().height)));
    assert.equal(heights.length, networkFrames.length);
    assert.equal(new Set(heights).size, 1, heights.join(', '));
    const pictures = page.getByRole('region', { name: 'Kept pictures' });
    assert.equal(await pictures.getByRole('link').count(), 0);
    await showPictures(page);
    await pictures.getByRole('link', { name: 'Picture for Slack' }).waitFor();
    await page.getByRole('button', { name: /Show \d+ older events/ }).click();
    await page.setViewportSize({ width: 1280, height: 720 });
  });
});

describe("a website's own icon", () => {
  it('is beside its name on Websites, on Overview and in the switcher; a neutral mark where there is none', async () => {
    const { page, complaints } = window;
    const colour = { width: 32, height: 32, channels: 3, background: '#f00' } as const;
    const icon = await sharp({ create: colour }).png().toBuffer();
    await using other = await startOrigin((req, res) => {
      if (req.url === '/favicon.ico') res.end(icon);
      else document()(req, res);
    });
    const [marked, plain] = [await dashboard.test.website(other.url), website];
    origin.answer = document();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).origin));
    const iconOf = ({ id }: Website) => page.locator(`img[src="/api/v1/websites/${id}/icon"]`);
    await page.goto('/');
    await iconOf(marked).waitFor();
    await page.locator(`a[href="/websites/${plain.id}"]`).locator('svg.tabler-icon-world').waitFor();
    assert.ok(await iconOf(plain).isHidden());
    await page.goto(`/websites/${marked.id}`);
    const shown = async (count: number) => assert.equal(await iconOf(marked).filter({ visible: true }).count(), count);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await iconOf(marked).nth(1).waitFor();
    await shown(2);
    await page.getByRole('combobox', { name: 'Switch website' }).click();
    await page.getByRole('option').first().waitFor();
    await iconOf(marked).nth(2).waitFor();
    await page.keyboard.press('Escape');
    assert.deepEqual(new Set(asked), new Set([dashboard.test.service.address]));
    assert.deepEqual(complaints, []);
  });
});

describe('the table of pages', () => {
  it('shows the title of a page beside its path, and finds the page by it', async () => {
    const { page } = window;
    const target = '/of-this-title';
    origin.answer = document({ head: '<meta property="og:title" content="F&uuml;nf Wege ans Meer">' });
    await dashboard.test.card(website, target);
    await page.goto(`/websites/${website.id}/pages`);
    await page.getByLabel('Search pages').fill('fünf wege');
    const row = page.getByRole('row').filter({ hasText: target });
    await row.locator('mark').getByText('Fünf Wege', { exact: true }).waitFor();
    await row.getByTitle('Fünf Wege ans Meer').waitFor();
    await page.getByText('1 page', { exact: true }).waitFor();
  });
});

describe('drawing on the screen of a page', () => {
  it('adds a picture, and keeps those of the others', async () => {
    const { page } = window;
    origin.answer = document({ headers: { 'Cache-Control': 'max-age=600' } });
    await dashboard.test.card(website, '/drawn', { 'user-agent': 'Slackbot-LinkExpanding 1.0' });
    await page.goto(pageAt('/drawn'));
    await showPictures(page);
    await page.getByRole('link', { name: 'Picture for Slack' }).waitFor();
    // Threads gets the same picture.
    await page.getByRole('button', { name: 'Draw for Facebook' }).first().click();
    await page.getByRole('link', { name: 'Picture for Facebook' }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Picture for Slack' }).count(), 1);
  });

  it('draws for all networks at one press, and says how far it is', async () => {
    const { page } = window;
    await page.getByRole('button', { name: /^Draw for all networks/ }).click();
    await page
      .getByRole('status', { name: 'Drawing' })
      .getByText(/^\d+ of \d+$/)
      .waitFor();
    await page.getByText(/^Drew \d+ cards/).waitFor();
    for (const label of ['X', 'LinkedIn', 'Discord']) {
      await page.getByRole('link', { name: `Picture for ${label}`, exact: true }).waitFor();
    }
  });

  it('shows a request, a drawing and a purge by themselves', async () => {
    const { page } = window;
    origin.answer = document({ headers: { 'Cache-Control': 'max-age=600' } });
    await page.goto(pageAt('/alive'));
    await page.getByText('Not requested yet').waitFor();
    await showPictures(page);
    await dashboard.test.card(website, '/alive', { 'user-agent': 'Slackbot-LinkExpanding 1.0' });
    await page.getByRole('link', { name: 'Picture for Slack' }).waitFor();
    const asked = page.getByRole('region', { name: 'Requests by network' });
    await asked.getByText('1 in total').waitFor();
    await dashboard.test.card(website, '/alive', { 'user-agent': 'Slackbot-LinkExpanding 1.0' });
    await asked.getByText('2 in total').waitFor();
    dashboard.test.clock.move(1);
    await dashboard.test.service.store.changes.purge(website.id, { kind: 'website' });
    await page.locator('[data-page-state=purged]').waitFor();
  });

  it('meets no fault of the dashboard', () => assert.deepEqual(window.complaints, []));
});
