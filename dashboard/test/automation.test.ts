import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { createAccount, type Dashboard, openDashboard } from './harness/dashboard.ts';

describe('the automation screen', () => {
  let dashboard: Dashboard;
  let page: Page;

  before(async () => {
    dashboard = await openDashboard();
    const website = await dashboard.test.website('https://example.com');
    page = (await dashboard.newWindow()).page;
    await createAccount(page, await dashboard.firstAccountLink(), 'Ada');
    await page.getByText('since').first().waitFor();
    await page.goto(`/websites/${website.id}/automation`);
  });
  after(() => dashboard?.[Symbol.asyncDispose]());

  it('creates a deploy hook, and shows its address once', async () => {
    await page.getByLabel('Name').fill('Production deploy');
    await page.getByRole('button', { name: 'Create a deploy hook' }).click();
    const url = await page.getByRole('textbox', { name: 'Address' }).inputValue();
    const { pathname } = new URL(url);
    const called = await fetch(dashboard.test.service.address + pathname, { method: 'POST' });
    assert.equal(called.status, 202);
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.reload();
    await page.getByText('last called').waitFor();
    assert.equal(await page.getByText(pathname).count(), 0);
  });

  it('revokes it', async () => {
    await page.getByRole('button', { name: 'Revoke Production deploy' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('None yet.').waitFor();
  });
});
