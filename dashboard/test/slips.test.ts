import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { milliseconds } from '../../server/src/model/units.ts';
import type { Website } from '../../server/src/model/website.ts';
import { page as document, type Origin, startOrigin } from '../../server/test/harness/origin.ts';
import { faultsOf } from './harness/axe.ts';
import { createAccount, type Dashboard, openDashboard, signIn } from './harness/dashboard.ts';

let dashboard: Dashboard;
let origin: Origin;
let page: Page;

before(async () => {
  origin = await startOrigin(document({ headers: { 'Cache-Control': 'max-age=600' } }));
  dashboard = await openDashboard();
  website = await dashboard.test.website(origin.url);
  await dashboard.test.card(website, '/one');
  // axe is put into the page, which the dashboard's policy forbids.
  page = (await dashboard.newWindow({ bypassCSP: true })).page;
  await createAccount(page, await dashboard.firstAccountLink(), 'Ada');
  await page.getByRole('heading', { name: 'Websites' }).waitFor();
});
after(async () => {
  await dashboard?.[Symbol.asyncDispose]();
  await origin?.[Symbol.asyncDispose]();
});

let website: Website;
const onePage = '/websites/1/page?target=%2Fone';

describe('an open menu or dialog', () => {
  const open: Array<
    readonly [what: string, path: string, open: () => Promise<unknown>, shown: () => Promise<unknown>]
  > = [
    [
      'the menu of a person',
      '/',
      () => page.getByRole('button', { name: 'Your account' }).click(),
      () => page.getByRole('menuitem', { name: 'Sign out' }).waitFor(),
    ],
    [
      'the networks to draw for',
      onePage,
      () => page.getByRole('button', { name: 'Draw for one network' }).click(),
      () => page.getByRole('menuitem', { name: /^X / }).waitFor(),
    ],
    [
      'the websites',
      onePage,
      () => page.getByRole('combobox', { name: 'Switch website' }).click(),
      () => page.getByRole('listbox').getByRole('option').first().waitFor(),
    ],
    [
      'those who changed something',
      '/websites/1/audit-log',
      () => page.getByRole('combobox', { name: 'Who' }).click(),
      () => page.getByRole('option', { name: 'Everybody' }).waitFor(),
    ],
    [
      'the shortcuts',
      '/websites/1/pages',
      () => page.getByRole('button', { name: 'Keyboard shortcuts' }).click(),
      () => page.getByRole('dialog').getByText('Move between pages').waitFor(),
    ],
    [
      'the question before a purge of all',
      '/websites/1/settings',
      () => page.getByRole('button', { name: 'Purge all cards' }).click(),
      () => page.getByRole('dialog').getByRole('textbox').waitFor(),
    ],
  ];
  for (const [what, path, press, shown] of open) {
    it(`can be used by everybody: ${what}`, async () => {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(path);
      await press();
      await shown();
      assert.deepEqual(await faultsOf(page, [1440, 820]), []);
    });
  }

  it('is the way to another colour scheme', async () => {
    await page.goto('/');
    await page.getByRole('button', { name: 'Your account' }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
    await page.getByRole('menuitemradio', { name: 'System' }).click();
    await page.keyboard.press('Escape');
  });
});

describe('a secret that is shown once', () => {
  it('is not lost by a click without a question', async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto('/websites/1/keys');
    await page.getByRole('button', { name: 'Create a key' }).click();
    const secret = await page.getByRole('textbox', { name: 'Secret key' }).inputValue();
    assert.equal(await page.getByRole('button', { name: 'Create a key' }).count(), 0);
    await page.getByRole('navigation').getByRole('link', { name: 'Pages' }).click();
    await page.getByRole('dialog').getByText('Copy it before you leave.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Stay' }).click();
    assert.equal(await page.getByRole('textbox', { name: 'Secret key' }).inputValue(), secret);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.getByRole('navigation').getByRole('link', { name: 'Pages' }).click();
    await page.getByRole('heading', { name: 'Pages' }).waitFor();
  });
});

describe('settings that somebody typed', () => {
  it('are there again after the session ended and began anew', async () => {
    await page.goto('/websites/1/settings');
    await page.getByLabel('Default lifetime').fill('7200');
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Your session has ended.').waitFor();
    await signIn(page, 'Ada');
    await page.getByText('These are the changes that you had not saved').waitFor();
    assert.equal(await page.getByLabel('Default lifetime').inputValue(), '7,200');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Settings saved.').waitFor();
  });

  it('stay what was typed: 1.5 is not 15, and a wrong host is said at once', async () => {
    await page.getByLabel('Default lifetime').fill('1.5');
    await page.getByLabel('Default lifetime').press('Tab');
    await page.getByText('Enter a whole number of seconds.').waitFor();
    await page.getByRole('combobox', { name: 'Allowed redirect hosts' }).fill('http://example.com');
    await page.keyboard.press('Enter');
    await page.getByLabel('Custom host name').click();
    await page.getByText(/“http:\/\/example\.com” is not a host/).waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
  });
});

describe('a screen that cannot be loaded', () => {
  it('leaves the menu, and says what to do', async () => {
    await page.goto('/websites/1/pages');
    await page.getByRole('heading', { name: 'Pages' }).waitFor();
    await page.route('**/assets/members*', (route) => route.abort());
    await page.getByRole('navigation').getByRole('link', { name: 'Members' }).click();
    await page.getByRole('heading', { name: 'This screen could not be loaded.' }).waitFor();
    await page.unroute('**/assets/members*');
    await page.getByRole('navigation').getByRole('link', { name: 'Pages' }).waitFor();
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('heading', { name: 'Members', level: 1 }).waitFor();
  });

  it('of a website that is not yours leads back to yours', async () => {
    await page.goto('/websites/4711/pages');
    await page.getByText('There is no website with this number').waitFor();
    await page.getByRole('link', { name: 'Go to your websites' }).click();
    await page.getByRole('heading', { name: 'Websites' }).waitFor();
  });
});

describe('the screen of a page', () => {
  it('asks for all that it needs at once, not for one after the other', async () => {
    const asked: string[] = [];
    const release = Promise.withResolvers<void>();
    await page.route('**/api/v1/**', async (route) => {
      asked.push(new URL(route.request().url()).pathname);
      await release.promise;
      await route.continue();
    });
    await page.goto(onePage, { waitUntil: 'commit' });
    const needed = ['/api/v1/session', '/api/v1/websites/1', '/api/v1/websites/1/page', '/api/v1/consumers'];
    await page.waitForRequest((request) => request.url().includes('/consumers'));
    release.resolve();
    await page.getByRole('heading', { name: '/one' }).waitFor();
    assert.deepEqual(
      needed.filter((path) => !asked.slice(0, 6).includes(path)),
      [],
      asked.join(),
    );
    await page.unrouteAll({ behavior: 'wait' });
  });

  it('leads back to the list', async () => {
    await page.getByRole('main').getByRole('link', { name: 'All pages' }).click();
    await page.getByRole('heading', { name: 'Pages' }).waitFor();
  });
});

describe('a website that is added', () => {
  const add = async (address: string) => {
    await page.goto('/websites/new');
    await page.getByLabel('Address').fill(address);
    await page.getByRole('button', { name: 'Add' }).click();
  };

  it('is refused where it can never be reached', async () => {
    await add('10.0.0.1');
    await page.getByText('10.0.0.1 is a private address').waitFor();
    await add('foo');
    await page.getByText('"foo" is not a full host name').waitFor();
  });

  it('says what came back, and shows the tag before its secrets', async () => {
    await using failing = await startOrigin(document({ status: 500 }));
    await add(failing.url);
    await page.getByText('cannot be reached: The page answers 500.').waitFor();
    const tag = await page.getByText('Choose your framework').boundingBox();
    const secret = await page.getByText('Your new key').boundingBox();
    assert.ok(tag !== null && secret !== null && tag.y < secret.y);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await using good = await startOrigin(document());
    await add(good.url);
    await page.getByText('its home page answered 200').waitFor();
  });
});

describe('an old card that was sent because its renewal was slow', () => {
  it('is told in the history of its page, and counted on the overview', async () => {
    const { service, clock, card } = dashboard.test;
    await service.store.websites.changeSettings(website.id, { patience: milliseconds(0) });
    const { answer } = origin;
    const release = Promise.withResolvers<void>();
    clock.move(601);
    origin.answer = (req, res) => void release.promise.then(() => answer(req, res));
    assert.equal((await card(website, '/one')).status, 200);
    await page.goto(onePage);
    await page.getByText('The renewal took longer than 0 s, so the old card was sent.').waitFor();
    await page.goto('/websites/1');
    await page
      .getByText('1 request got an old card, because renewing it took longer than this website waits.')
      .waitFor();
    release.resolve();
    origin.answer = answer;
  });
});
