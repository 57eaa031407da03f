import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { Website } from '../../server/src/model/website.ts';
import { Client, member } from '../../server/test/harness/people.ts';
import { createAccount, type Dashboard, emailOf, openDashboard } from './harness/dashboard.ts';

describe('the audit log', () => {
  let dashboard: Dashboard;
  let page: Page;
  let website: Website;
  let ada: Client;
  const below = (path: string) => `/api/v1/websites/${website.id}${path}`;
  const main = () => page.getByRole('main');
  const shows = (sentence: string | RegExp) =>
    main().getByRole('listitem').filter({ hasText: sentence }).first().waitFor();
  const choose = async (field: string, option: string) => {
    await page.getByRole('combobox', { name: field }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };

  before(async () => {
    dashboard = await openDashboard();
    website = await dashboard.test.website('https://example.com');
    page = (await dashboard.newWindow()).page;
    await createAccount(page, await dashboard.firstAccountLink(), 'Ada');
    await page.getByText('since').first().waitFor();
    ada = new Client(dashboard.test);
    await ada.signIn(emailOf('Ada'));
  });
  after(() => dashboard?.[Symbol.asyncDispose]());

  it('is reached from the menu, and says so where nothing was changed', async () => {
    const quiet = await dashboard.test.website('https://quiet.example');
    await page.goto(`/websites/${quiet.id}`);
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByText('No changes yet.').waitFor();
  });

  it('says in sentences who changed what, today, and from where', async () => {
    await ada.ask('PATCH', below('/settings'), { defaultMaxAge: 3600 });
    await ada.ask('PATCH', below('/settings'), {
      viewportWidth: 1200,
      patience: 1500,
      redirectHosts: ['login.example'],
    });
    await ada.ask('POST', below('/purges'), { kind: 'page', target: '/blog/hello' });
    await ada.ask('POST', below('/purges'), { kind: 'prefix', prefix: '/news/' });
    await ada.ask('PATCH', below('/settings'), { oneCard: true });
    await ada.ask('POST', below('/deploy-hooks'), { name: 'Production deploy' });
    await ada.ask('POST', below('/invitations'), { role: 'editor' });
    await page.goto(`/websites/${website.id}/audit-log`);
    await page.getByRole('heading', { name: 'Today' }).waitFor();
    await shows('Ada changed Default lifetime from none to 1 hour');
    await shows('Ada changed 3 settings');
    await shows("Viewport width: from each network's own width to 1,200 pixels");
    await shows("Patience: from the service's default to 1.5 s");
    await shows('Allowed redirect hosts: from none to login.example');
    await shows('Ada switched on “One card for all networks”');
    await shows('Ada purged /blog/hello');
    await shows('Ada purged all pages that begin with /news/');
    await shows('Ada created the deploy hook “Production deploy”');
    await shows('Ada created an invitation for an editor');
    await shows(/Ada joined as an owner.*\d\d:\d\d from 127\.0\.0\.1/);
  });

  it('lists what was changed, and by whom, as chosen; the address of the screen keeps that', async () => {
    const { json } = await ada.ask('POST', '/api/v1/account/api-keys', { name: 'CI', scopes: ['pages:purge'] });
    const script = new Client(dashboard.test, { authorization: `Bearer ${json['key']}` });
    await script.ask('POST', below('/purges'), { kind: 'website' });
    const grace = await member(dashboard.test, website, 'viewer', 'Grace');
    await ada.ask('PATCH', below(`/members/${grace.id}`), { role: 'editor' });
    await page.reload();
    await shows('Ada changed the role of Grace from viewer to editor');
    await shows('Ada (API key “CI”) purged all cards');
    await shows('Grace joined as a viewer');
    await choose('Who', 'Grace');
    await main().getByText('Ada').first().waitFor({ state: 'detached' });
    assert.equal(await main().getByRole('listitem').count(), 1);
    await choose('What', 'Purges');
    await page.getByText('No change matches this filter.').waitFor();
    await page.reload();
    await page.getByText('No change matches this filter.').waitFor();
    await page.getByRole('button', { name: 'Show all changes' }).click();
    await shows('Grace joined as a viewer');
  });

  it('is told on the page that was purged', async () => {
    await page.goto(`/websites/${website.id}/audit-log?what=cache`);
    await page.getByRole('link', { name: '/blog/hello' }).click();
    await page.getByRole('heading', { name: 'History' }).waitFor();
    await main().getByText('Purged by Ada (API key “CI”)').waitFor();
    await page.getByRole('button', { name: /^Purge/ }).click();
    await main().getByText('Purged by Ada', { exact: true }).waitFor();
  });

  it('shows older changes when asked to', async () => {
    for (let n = 0; n < 51; n++) await ada.ask('POST', below('/purges'), { kind: 'page', target: `/many/${n}` });
    await page.goto(`/websites/${website.id}/audit-log?what=cache`);
    await shows('Ada purged /many/50');
    assert.equal(await page.getByText('/many/0', { exact: true }).count(), 0);
    await page.getByRole('button', { name: 'Show older changes' }).click();
    await page.getByText('/news/').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Show older changes' }).count(), 0);
  });

  it('is not for viewers', async () => {
    const viewer = await member(dashboard.test, website, 'viewer', 'Vera');
    const { page: hers, context } = await dashboard.newWindow();
    const { hostname } = new URL(dashboard.test.service.address);
    await context.addCookies(
      [...viewer.cookies].map(([name, value]) => ({ name, value, domain: hostname, path: '/' })),
    );
    await hers.goto(`/websites/${website.id}/audit-log`);
    await hers.getByText('Only owners and editors can see who changed what').waitFor();
  });
});
