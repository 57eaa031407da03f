import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { createAccount, type Dashboard, openDashboard } from './harness/dashboard.ts';

describe('the screen of a crawler probe', () => {
  let dashboard: Dashboard;
  let page: Page;
  let path: string;

  before(async () => {
    dashboard = await openDashboard();
    const website = await dashboard.test.website('https://example.com');
    page = (await dashboard.newWindow()).page;
    await createAccount(page, await dashboard.firstAccountLink(), 'Ada');
    await page.getByText('since').first().waitFor();
    await page.goto(`/websites/${website.id}/probe`);
  });
  after(() => dashboard?.[Symbol.asyncDispose]());

  it('gives an address to paste', async () => {
    await page.getByRole('button', { name: 'New probe' }).click();
    path = new URL(await page.getByRole('textbox', { name: 'Paste this address into a post' }).inputValue()).pathname;
    await page.getByText('Waiting for the first request').waitFor();
  });

  it('shows each request by itself, with the line that repeats it', async () => {
    await dashboard.test.ask(path, { 'user-agent': 'Slackbot-LinkExpanding 1.0' });
    await page.getByText('GET the page').waitFor();
    await dashboard.test.ask(`${path}/picture`, { 'user-agent': 'Slackbot-LinkExpanding 1.0' });
    await page.getByText('GET the picture').waitFor();
    await page.getByText('Slack', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Headers and curl line' }).first().click();
    assert.match(
      await page.getByRole('textbox', { name: 'Repeat this request' }).inputValue(),
      /^curl .*Slackbot-LinkExpanding/,
    );
  });

  it('ends it', async () => {
    await page.getByRole('button', { name: /^End http/ }).click();
    await page.getByText('No probe is open.').waitFor();
    assert.equal((await dashboard.test.ask(path)).status, 404);
  });
});
