import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { type Origin, startOrigin } from '../../server/test/harness/origin.ts';
import { createAccount, type Dashboard, openDashboard } from './harness/dashboard.ts';

describe('the automation screen', () => {
  let dashboard: Dashboard;
  let page: Page;
  let receiver: Origin;

  before(async () => {
    dashboard = await openDashboard();
    receiver = await startOrigin((_, res) => res.end());
    const website = await dashboard.test.website('https://example.com');
    page = (await dashboard.newWindow()).page;
    await createAccount(page, await dashboard.firstAccountLink(), 'Ada');
    await page.getByText('since').first().waitFor();
    await page.goto(`/websites/${website.id}/automation`);
  });
  after(async () => {
    await dashboard?.[Symbol.asyncDispose]();
    await receiver?.[Symbol.asyncDispose]();
  });

  /** What is shown once is not lost by a click without a question. */
  async function isKept(): Promise<void> {
    await page.getByRole('navigation').getByRole('link', { name: 'Pages' }).click();
    await page.getByRole('dialog').getByText('Copy it before you leave.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Stay' }).click();
  }

  /** Another one that is made would take its place. */
  async function isAlone(create: string): Promise<void> {
    assert.equal(await page.getByRole('button', { name: create }).count(), 0);
  }

  it('creates a deploy hook, and shows its address once', async () => {
    await page.getByLabel('Name').fill('Production deploy');
    await page.getByRole('button', { name: 'Create a deploy hook' }).click();
    const url = await page.getByRole('textbox', { name: 'Address to call' }).inputValue();
    const { pathname } = new URL(url);
    const called = await fetch(dashboard.test.service.address + pathname, { method: 'POST' });
    assert.equal(called.status, 202);
    await isKept();
    await isAlone('Create a deploy hook');
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.reload();
    await page.getByText('last called').waitFor();
    assert.equal(await page.getByText(pathname).count(), 0);
  });

  it('revokes it', async () => {
    await page.getByRole('button', { name: 'Revoke Production deploy' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('Deploy hook revoked.').waitFor();
  });

  it('creates a webhook, shows its secret once, sends a test and shows what came of it', async () => {
    await page.getByRole('textbox', { name: 'Receiver' }).fill(`${receiver.url}/hook`);
    await page.getByLabel('The limit is reached').uncheck();
    await page.getByRole('button', { name: 'Create a webhook' }).click();
    assert.match(await page.getByRole('textbox', { name: 'Signing secret' }).inputValue(), /^whsec_/);
    await isKept();
    await isAlone('Create a webhook');
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.getByText('A page fails, A page works again').waitFor();
    await page.getByRole('button', { name: /^Send a test/ }).click();
    await page.getByText('1 attempt, last answer: 200').waitFor();
    assert.equal(receiver.heard.length, 1);
  });

  it('says what is wrong with an address', async () => {
    await page.getByRole('textbox', { name: 'Receiver' }).fill('http://169.254.169.254/');
    await page.getByRole('button', { name: 'Create a webhook' }).click();
    await page.getByText(/169\.254\.169\.254 may not be reached/).waitFor();
  });

  it('removes it', async () => {
    await page.getByRole('button', { name: /^Remove http/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Webhook removed.').waitFor();
  });
});
