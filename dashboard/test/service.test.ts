import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Website } from '../../server/src/model/website.ts';
import { page as document, type Origin, startOrigin } from '../../server/test/harness/origin.ts';
import { faultsOf } from './harness/axe.ts';
import { createAccount, type Dashboard, openDashboard, type Window } from './harness/dashboard.ts';
import { invitationLink } from './harness/screens.ts';

let dashboard: Dashboard;
let origin: Origin;
let website: Website;
let window: Window;
/** Process ids of the browsers that draw cards. */
const browsers: number[] = [];

before(async () => {
  origin = await startOrigin(document({ headers: { 'Cache-Control': 'max-age=600' } }));
  const write = (line: string) => {
    const { browserPid, msg } = JSON.parse(line) as { browserPid?: number; msg?: string };
    if (msg === 'the browser is up' && browserPid !== undefined) browsers.push(browserPid);
  };
  dashboard = await openDashboard({ OGPLUS_LOG_LEVEL: 'info', OGPLUS_RENDERERS: '2' }, { write });
  website = await dashboard.test.website(origin.url);
  window = await dashboard.newWindow({ bypassCSP: true });
  await createAccount(window.page, await dashboard.firstAccountLink(), 'Ada');
  await window.page.getByRole('heading', { name: 'Websites' }).waitFor();
});
after(async () => {
  await dashboard?.[Symbol.asyncDispose]();
  await origin?.[Symbol.asyncDispose]();
});

describe('the screen of the service', () => {
  it('is in the menu of its owner, and says that all is well, and what there is', async () => {
    const { page } = window;
    await dashboard.test.card(website, '/');
    await page.getByRole('navigation').getByRole('link', { name: 'Service', exact: true }).click();
    await page.getByText('Nothing needs attention.').waitFor();
    const main = page.getByRole('main');
    await main.getByText('0 of 2 busy').waitFor();
    await main.getByText('Running', { exact: true }).waitFor();
    await main.getByText(/^SQLite 3\./).waitFor();
    const costs = page.getByRole('region', { name: 'Websites by cost' });
    await costs.getByText('1 drawing · 1 fetch').waitFor();
    await page.getByRole('region', { name: 'Last errors' }).getByText('None since the start.').waitFor();
    await costs.getByText('30 days').click();
    await page.waitForURL('**/service?days=30');
    await costs.getByText('1 drawing · 1 fetch').waitFor();
  });

  it('shows by itself that a browser was killed, and that another draws the next card', async () => {
    const { page } = window;
    for (const pid of browsers.splice(0)) process.kill(pid, 'SIGKILL');
    const main = page.getByRole('main');
    await main.getByText('Not running', { exact: true }).waitFor();
    await main.getByText('1 crash since the start').waitFor();
    const errors = page.getByRole('region', { name: 'Last errors' });
    await errors.getByText('browser exited; the next card starts a new one').waitFor();
    await dashboard.test.card(website, '/next');
    await main.getByText('Running', { exact: true }).waitFor();
  });

  it('runs the checks where it is asked, those first that are not good', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Run the checks' }).click();
    const checks = page.getByRole('region', { name: 'Checks' });
    await checks.getByText('public address').waitFor();
    assert.equal(await checks.getByText('master key').count(), 0);
    await checks.getByRole('button', { name: 'Show passed checks' }).click();
    await checks.getByText('master key').waitFor();
  });

  it('can be used by everybody, with errors and checks on it', async () => {
    assert.deepEqual(await faultsOf(window.page, [390, 820, 1280]), []);
  });

  it('is not for another person, who is told so', async () => {
    const link = await invitationLink(dashboard.test, website, 'Ada');
    const { page } = await dashboard.newWindow();
    await createAccount(page, link, 'Grace');
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    await page.goto('/service');
    await page.getByText('Only the owner of the service may see this.').waitFor();
    assert.equal(await page.getByRole('navigation').getByRole('link', { name: 'Service', exact: true }).count(), 0);
  });

  it('meets no fault of the dashboard', () => assert.deepEqual(window.complaints, []));
});

describe('the screen of a service that does not work well', () => {
  it('says first what does not work and what to do, and can be used by everybody', async () => {
    // More than any disk has, and a browser that exits.
    const env = { OGPLUS_BROWSER: '/bin/false', OGPLUS_DISK_BUDGET_MB: '1000000000' };
    await using broken = await openDashboard(env);
    const { page } = await broken.newWindow({ bypassCSP: true });
    await createAccount(page, await broken.firstAccountLink(), 'Ada');
    await page.getByRole('heading', { name: 'Websites' }).waitFor();
    await page.goto('/service');
    const concerns = page.getByRole('region', { name: 'Needs attention' });
    await concerns.getByText('1 error, 1 warning').waitFor();
    const [first, second] = [concerns.getByRole('listitem').nth(0), concerns.getByRole('listitem').nth(1)];
    await first.getByText('The browser does not start').waitFor();
    await second.getByText('OGPLUS_DISK_BUDGET_MB=').waitFor();
    await page.getByText('No card was drawn in this period.').waitFor();
    assert.deepEqual(await faultsOf(page, [390, 820, 1280]), []);
  });
});
