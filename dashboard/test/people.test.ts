import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ogplus } from '../../server/test/harness/command.ts';
import { page as document, type Origin, startOrigin } from '../../server/test/harness/origin.ts';
import { Client } from '../../server/test/harness/people.ts';
import { createAccount, type Dashboard, emailOf, openDashboard, signIn, type Window } from './harness/dashboard.ts';

/** In their order; each stands on those before. */
describe('people at the dashboard', () => {
  let dashboard: Dashboard;
  let origin: Origin;
  let owner: Window;
  let viewer: Window;

  before(async () => {
    origin = await startOrigin(document({ headers: { 'cache-control': 'max-age=3600' } }));
    dashboard = await openDashboard();
    const website = await dashboard.test.website(origin.url);
    for (const target of ['/one', '/two']) await dashboard.test.card(website, target);
    owner = await dashboard.newWindow();
    viewer = await dashboard.newWindow();
    await createAccount(owner.page, await dashboard.firstAccountLink(), 'Ada');
    await owner.page.getByRole('heading', { name: 'Websites' }).waitFor();
  });
  after(async () => {
    await dashboard?.[Symbol.asyncDispose]();
    await origin?.[Symbol.asyncDispose]();
  });

  /** What the API of a signed-in window answers, asked as its scripts would. */
  const statusOf = (window: Window, path: string) =>
    window.page.evaluate(async (address) => (await fetch(address)).status, path);

  it('are told in a sentence that a password is wrong, and that a link was used', async () => {
    const stranger = await dashboard.newWindow();
    await stranger.page.goto('/websites/1');
    await signIn(stranger.page, 'Ada', 'not her password');
    await stranger.page
      .getByRole('alert')
      .getByText(/wrong|password/i)
      .first()
      .waitFor();
    await stranger.page.goto('/sign-up');
    await stranger.page.getByText('Accounts are by invitation only.').waitFor();
    assert.equal(await stranger.page.locator('input').count(), 0, 'no form that cannot succeed');
    await stranger.page.goto(await dashboard.firstAccountLink());
    await stranger.page.getByText('This link has expired, was withdrawn or was already used.').waitFor();
    await stranger.context.close();
  });

  it('come by invitation, once', async () => {
    await owner.page.goto('/websites/1/members');
    await owner.page.getByRole('button', { name: 'Create a link' }).click();
    const link = await owner.page.getByRole('textbox', { name: 'Invitation link' }).inputValue();
    const path = /\/invitation\/[\w-]+/.exec(link)?.[0] ?? '';
    await createAccount(viewer.page, path, 'Grace');
    await viewer.page.getByText(new URL(origin.url).host).first().waitFor();
    const late = await dashboard.newWindow();
    await late.page.goto(path);
    await late.page.getByText('This link has expired, was withdrawn or was already used.').waitFor();
    await late.context.close();
  });

  it('who are viewers look, and are offered nothing that they may not do', async () => {
    await viewer.page.goto('/websites/1/pages');
    await viewer.page.getByText('/one', { exact: true }).first().waitFor();
    assert.equal(await viewer.page.getByRole('checkbox').count(), 0);
    assert.equal(await viewer.page.getByRole('button', { name: /purge/i }).count(), 0);
    await viewer.page.goto('/websites/1/page?target=%2Fone');
    await viewer.page.getByText('Fresh for').first().waitFor();
    assert.equal(await viewer.page.getByRole('button', { name: /purge|draw/i }).count(), 0);
    assert.equal(await statusOf(viewer, '/api/v1/websites/1/keys'), 403);
  });

  it('who are made editors may purge, in their own browser, while the owner looks at the same page', async () => {
    await owner.page.goto('/websites/1/members');
    await owner.page.getByRole('combobox', { name: 'Role of Grace' }).click();
    await owner.page.getByRole('option', { name: /^Editor/ }).click();
    await owner.page.getByText('Grace is now an editor.').waitFor();
    await owner.page.goto('/websites/1/page?target=%2Fone');
    await owner.page.getByText('Fresh for').first().waitFor();
    await viewer.page.reload();
    await viewer.page.getByRole('button', { name: /^Purge/ }).click();
    await viewer.page.getByText('The pictures of /one were deleted').waitFor();
    await owner.page
      .getByRole('button', { name: /^Draw for all networks/ })
      .first()
      .click();
    await owner.page
      .getByText(/^Drew \d+ cards/)
      .first()
      .waitFor();
    await viewer.page.reload();
    await viewer.page.getByText('Fresh for').first().waitFor();
  });

  it('see what the API refuses as a sentence', async () => {
    await owner.page.goto('/websites/new');
    await owner.page.getByLabel('Address').fill(origin.url);
    await owner.page.getByRole('button', { name: 'Add' }).click();
    await owner.page
      .getByText(/is there already|exists|already/i)
      .first()
      .waitFor();
    await owner.page.goto('/websites/99');
    await owner.page
      .getByRole('alert')
      .getByText('There is no website with this number, or you have no access to it.')
      .waitFor();
  });

  it('make a key, and revoke it: from then on it opens nothing', async () => {
    await owner.page.goto('/account');
    await owner.page.getByRole('button', { name: 'Create an API key' }).click();
    await owner.page.getByLabel('Name').last().fill('Purge after a deployment');
    await owner.page.getByLabel('See pages, cards and their history').check();
    await owner.page.getByLabel('Preview any address').uncheck();
    await owner.page.getByRole('button', { name: 'Create the key' }).click();
    const key = await owner.page.getByRole('textbox', { name: 'Purge after a deployment' }).inputValue();
    const script = new Client(dashboard.test, { authorization: `Bearer ${key}` });
    assert.equal((await script.ask('GET', '/api/v1/websites/1/pages')).status, 200);
    assert.equal((await script.ask('GET', '/api/v1/preview?url=https://example.com/')).status, 403);
    await owner.page.getByRole('button', { name: 'I have copied it' }).click();
    await owner.page.getByRole('button', { name: 'Revoke Purge after a deployment' }).click();
    await owner.page.getByRole('button', { name: 'Revoke', exact: true }).click();
    await owner.page.getByText('You have no API keys.').waitFor();
    assert.equal((await script.ask('GET', '/api/v1/websites/1/pages')).status, 401);
  });

  it('whose session was ended elsewhere sign in again, and are where they were', async () => {
    const second = await dashboard.newWindow();
    await second.page.goto('/');
    await signIn(second.page, 'Ada');
    await second.page.getByRole('heading', { name: 'Websites' }).waitFor();
    await owner.page.goto('/websites/1/settings');
    await owner.page.getByRole('heading', { name: 'Settings' }).waitFor();
    await second.page.goto('/account');
    await second.page.getByRole('button', { name: /^End the session of/ }).click();
    await second.page.getByText('Session ended.').waitFor();
    await owner.page.getByRole('navigation').getByRole('link', { name: 'Keys' }).click();
    await owner.page.getByText('Your session has ended.').waitFor();
    await signIn(owner.page, 'Ada');
    await owner.page.getByRole('heading', { name: 'Keys', exact: true }).waitFor();
    assert.equal(new URL(owner.page.url()).pathname, '/websites/1/keys');
  });

  it('who are removed see nothing of it any more, and do not come back by a link of their own', async () => {
    await owner.page.goto('/websites/1/members');
    await owner.page.getByRole('combobox', { name: 'Role of Grace' }).click();
    await owner.page.getByRole('option', { name: /^Owner/ }).click();
    await owner.page.getByText('Grace is now an owner.').waitFor();
    await viewer.page.goto('/websites/1/members');
    await viewer.page.getByRole('radio', { name: /^Owner/ }).click();
    await viewer.page.getByRole('button', { name: 'Create a link' }).click();
    const link = await viewer.page.getByRole('textbox', { name: 'Invitation link' }).inputValue();
    await owner.page.reload();
    await owner.page.getByText(emailOf('Grace')).first().waitFor();
    await owner.page.getByRole('button', { name: 'Remove Grace' }).click();
    await owner.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await owner.page.getByText('Grace was removed.').waitFor();
    assert.equal(await statusOf(viewer, '/api/v1/websites/1'), 404);
    await viewer.page.goto(new URL(link).pathname);
    await viewer.page.getByText('This link has expired, was withdrawn or was already used.').waitFor();
    await viewer.page.goto('/');
    await viewer.page.getByRole('heading', { name: 'No website yet' }).waitFor();
  });

  it('who have lost the password set a new one by a link of the command line', async () => {
    const { stdout } = await ogplus(['account', 'reset', emailOf('Grace')], {
      OGPLUS_DATA_DIR: dashboard.test.dataDir,
    });
    const path = /\/reset\/\w+/.exec(stdout)?.[0];
    assert.ok(path !== undefined, stdout);
    await viewer.page.goto(path);
    await viewer.page.locator('input[type=password]').fill('a new one, kept in mind');
    await viewer.page.getByRole('button', { name: 'Set the password' }).click();
    await viewer.page.getByRole('link', { name: 'Go to sign-in' }).click();
    await signIn(viewer.page, 'Grace', 'a new one, kept in mind');
    await viewer.page.getByRole('heading', { name: 'No website yet' }).waitFor();
    await viewer.page.goto(path);
    await viewer.page.locator('input[type=password]').fill('another one, kept in mind');
    await viewer.page.getByRole('button', { name: 'Set the password' }).click();
    await viewer.page.getByText('link has expired').waitFor();
  });

  it('meet no fault of the dashboard on the way', () => {
    assert.deepEqual([...owner.complaints, ...viewer.complaints], []);
  });
});
