import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { HostName } from '../../server/src/model/website.ts';
import type { Origin } from '../../server/test/harness/origin.ts';
import { faultsOf } from './harness/axe.ts';
import { createAccount, type Dashboard, openDashboard } from './harness/dashboard.ts';
import { askForCards, fillLists, invitationLink, resetLink, startVariedSite, warmSome } from './harness/screens.ts';

let site: Origin;
let dashboard: Dashboard;
let guest: Page;
let ada: Page;
/** Where each screen is, once there is something to see on it. */
const at: Record<string, string> = {};

before(async () => {
  dashboard = await openDashboard({ OGPLUS_OPEN_SIGN_UP: 'true' });
  const { test } = dashboard;
  // axe is put into the page, which the dashboard's policy forbids.
  const window = async () => (await dashboard.newWindow({ bypassCSP: true })).page;
  guest = await window();
  ada = await window();
  const link = await dashboard.firstAccountLink();
  // Loaded while the link is good: the screen stays as it is afterwards.
  await guest.goto(link);
  await guest.getByLabel('Name').waitFor();
  await createAccount(ada, link, 'Ada');
  await ada.getByText('No website yet').waitFor();

  const varied = await startVariedSite();
  site = varied.site;
  const website = await test.website(site.url);
  // Not proven: the settings show which records would prove it.
  await test.service.store.websites.changeSettings(website.id, { ownHost: 'cards.example.com' as HostName });
  await askForCards(test, website, varied.targets);
  await fillLists(test, website, 'Ada');
  await warmSome(test, website, 'Ada', varied.targets);
  at['invitation'] = await invitationLink(test, website, 'Ada');
  at['reset'] = await resetLink(test, 'Ada');
  at['website'] = `/websites/${website.id}`;
  const page = encodeURIComponent('/blog/a-day-by-the-sea');
  at['page'] = `${at['website']}/page?target=${page}`;
  at['check'] = `${at['website']}/check?target=${page}`;
  at['builder'] = `${at['website']}/builder?target=${page}`;
  at['preview'] = `/preview?url=${encodeURIComponent(`${site.url}/blog/a-day-by-the-sea`)}`;
});
after(async () => {
  await dashboard?.[Symbol.asyncDispose]();
  await site?.[Symbol.asyncDispose]();
});

/** Looks at the screen that is shown, in every size and scheme. */
async function judge(page: Page): Promise<void> {
  await settled(page);
  assert.deepEqual(await faultsOf(page, [390, 820, 1440]), []);
}

/** Waits until nothing is on its way any more. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  const waiting = '[data-visible].mantine-Skeleton-root, .mantine-Loader-root, [aria-busy=true]';
  await page.waitForFunction((selector) => document.querySelector(selector) === null, waiting);
}

describe('screens for nobody in particular', () => {
  it('can be used by everybody: the first account', () => judge(guest));

  for (const [name, path, says] of [
    ['signing in', () => '/', 'Forgot your password?'],
    ['signing up', () => '/sign-up', 'Already have an account?'],
    ['an invitation', () => at['invitation'], 'You will join as editor.'],
    ['a new password', () => at['reset'], 'New password'],
  ] as const) {
    it(`can be used by everybody: ${name}`, async () => {
      await guest.goto(path() ?? '');
      await guest.getByText(says).first().waitFor();
      await judge(guest);
    });
  }
});

describe('screens of who is signed in', () => {
  const below = (path: string) => () => at['website'] + path;
  for (const [name, path, says] of [
    ['websites', () => '/', '127.0.0.1'],
    ['a new website', () => '/websites/new', 'Add'],
    ['the overview', below(''), '1 page is failing'],
    ['pages', below('/pages'), '/blog/winter?page=2'],
    ['one page', () => at['page'], 'History'],
    ['a check', () => at['check'], 'Caching'],
    ['the tag builder', () => at['builder'], 'The picture drawn for everyone else'],
    ['a crawler probe', below('/probe'), 'Waiting for the first request'],
    ['warm-up', below('/warm-up'), 'Show details'],
    ['automation', below('/automation'), 'Production deploy'],
    ['install', below('/install'), 'Connection address'],
    ['settings', below('/settings'), 'Danger zone'],
    ['keys', below('/keys'), 'Create a key'],
    ['members', below('/members'), 'Grace'],
    ['the audit log', below('/audit-log'), 'Grace'],
    ['the account', () => '/account', 'Purge after a deployment'],
    ['a preview', () => at['preview'], 'Caching'],
    ['the service', () => '/service', 'Right now'],
    ['not found', () => '/nothing/here', 'There is nothing at this address.'],
  ] as const) {
    it(`can be used by everybody: ${name}`, async () => {
      await ada.goto(path() ?? '');
      await ada.getByRole('main').getByText(says).first().waitFor();
      await judge(ada);
    });
  }
});

describe('menus on a phone', () => {
  const openMenu = () => ada.getByRole('button', { name: 'Open the menu' }).click();
  const choice = () => ada.getByRole('main').getByRole('combobox').first().click();
  for (const [name, path, open, shown] of [
    [
      'of websites',
      '',
      async () => {
        await openMenu();
        await ada.getByRole('combobox', { name: 'Switch website' }).click();
      },
      'option',
    ],
    [
      'of the account',
      '',
      async () => {
        await openMenu();
        await ada.getByRole('button', { name: 'Your account' }).click();
      },
      'menuitem',
    ],
    [
      'of networks to draw for',
      'page',
      () => ada.getByRole('button', { name: 'Draw for one network' }).click(),
      'menuitem',
    ],
    ['of frameworks', 'check', choice, 'option'],
    ['of roles', '/members', choice, 'option'],
    ['of changes', '/audit-log', choice, 'option'],
  ] as const) {
    it(`can be used by everybody: ${name}`, async () => {
      await ada.setViewportSize({ width: 390, height: 800 });
      await ada.goto(at[path] ?? `${at['website']}${path}`);
      await settled(ada);
      await open();
      await ada.getByRole(shown).first().waitFor();
      assert.deepEqual(await faultsOf(ada, [390]), []);
    });
  }
});
