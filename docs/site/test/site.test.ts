import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { lookForBarriers } from '../../../dashboard/test/harness/axe.ts';
import { openBrowser, openWindow } from '../../../dashboard/test/harness/browser.ts';
import { routesOf } from '../../../server/test/harness/routes.ts';
import { startTestService, type TestService } from '../../../server/test/harness/service.ts';
import { buildDocs } from '../build.ts';
import { apiFile, apiPage } from '../generated/api.ts';

/** Routes in the guide's table: `GET`, `PUT`, `DELETE /a`, `GET /b?c=d`, `GET …/events` below the address before it. */
function addressesOf(guide: string): Set<string> {
  const rows = guide
    .split('\n')
    .filter((line) => /^\| `(GET|POST|PUT|PATCH|DELETE)/.test(line) && !line.includes('/api/auth/'));
  return new Set(
    rows.flatMap((row) => {
      const cell = row.slice(2, row.indexOf(' | '));
      let methods: string[] = [];
      let base = '';
      return [...cell.matchAll(/`([A-Z]+(?: [^`]+)?)`/g)].flatMap(([, code = '']) => {
        const [method = '', address] = code.split(' ');
        methods = [...methods, method];
        if (address === undefined) return [];
        const path = address.replace(/\?.*$/, '').replace(/^…/, base.replace(/\/[^/]+$/, ''));
        base = path;
        const found = methods.map((one) => `${one} ${path}`);
        methods = [];
        return found;
      });
    }),
  );
}

describe('the documentation that the service serves', () => {
  let test: TestService;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  before(async () => {
    test = await startTestService();
    browser = await openBrowser();
    page = await (await openWindow(browser, { viewport: { width: 1280, height: 800 } })).newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
  });
  after(async () => {
    await browser?.close();
    await test[Symbol.asyncDispose]();
  });
  const open = (path: string) => page.goto(test.service.address + path);

  it('finds a word, by the keyboard alone', async () => {
    await open('/docs/');
    await page.keyboard.press('/');
    await page.keyboard.type('glossary');
    await page.locator('#results a').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/docs/reference/glossary/**');
    assert.equal(await page.locator('h1').innerText(), 'Glossary');
  });

  it('remembers the colours that somebody chose', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await open('/docs/');
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await page.getByRole('button', { name: 'Switch between light and dark' }).click();
    const dark = await paper();
    assert.notEqual(dark, light);
    await open('/docs/guides/http-caching/');
    assert.equal(await paper(), dark);
    await page.evaluate(() => localStorage.clear());
  });

  it('says what a problem is, at the address that the problem names', async () => {
    const { body } = await test.ask('/', { host: 'aaaaaaaa.localhost' });
    const type = new URL(JSON.parse(body.toString()).type);
    await open(type.pathname);
    assert.equal(await page.locator('h1').innerText(), 'unknown-website');
    assert.match(page.url(), /\/docs\/problems\/unknown-website\/?$/);
    const old = await test.ask('/problems/queue-full');
    assert.deepEqual([old.status, old.headers['location']], [308, '/docs/problems/queue-full/']);
    assert.equal((await test.ask('/problems/nothing')).status, 404);
  });

  it('gives each page as Markdown, and a list of them all', async () => {
    const list = await test.ask('/docs/llms.txt');
    assert.match(list.headers['content-type'] ?? '', /^text\/plain/);
    const sources = [...list.body.toString().matchAll(/\]\((\/docs\/[^)]+\.md)\)/g)].map(([, path]) => path ?? '');
    assert.ok(sources.length > 15);
    for (const source of sources) {
      const { status, headers, body } = await test.ask(source);
      assert.equal(status, 200, source);
      assert.match(headers['content-type'] ?? '', /^text\/plain/);
      assert.match(body.toString(), /^# /);
    }
  });

  it('has a page for what is not there', async () => {
    for (const path of ['/docs/nothing', '/docs/%2e%2e/package.json', '/docs/assets/nothing.js']) {
      assert.equal((await test.ask(path)).status, 404, path);
    }
  });

  it('keeps nobody out', async () => {
    const checking = await openWindow(browser, { bypassCSP: true });
    const checked = await checking.newPage();
    const barriers = lookForBarriers(checked);
    for (const [width, colorScheme] of [
      [1280, 'light'],
      [390, 'dark'],
    ] as const) {
      await checked.setViewportSize({ width, height: 800 });
      await checked.emulateMedia({ colorScheme });
      for (const path of ['/docs/', '/docs/guides/http-caching/', '/docs/reference/networks/']) {
        await checked.goto(test.service.address + path);
        assert.deepEqual(await barriers(), [], `${path} ${width} ${colorScheme}`);
        const wider = await checked.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wider <= 0, `${path} is ${wider} pixels too wide`);
      }
    }
    await checking.close();
  });

  it('has every route of the API, as its schemas are (npm run docs:write renews it)', async () => {
    const { body } = await test.ask('/api/v1/openapi.json');
    const page = await readFile(new URL(`../../../${apiFile}`, import.meta.url), 'utf8');
    assert.equal(page, apiPage(JSON.parse(body.toString())));
  });

  it('names every route of the API in its guide, and no other', async () => {
    const guide = await readFile(new URL('../../management-api.md', import.meta.url), 'utf8');
    const named = addressesOf(guide);
    const routes = (await routesOf(test)).map(({ method, path }) => `${method} ${path.replace('/api/v1', '')}`);
    const unnamed = routes.filter((route) => !named.has(route.replace(/\{websiteId\}/, '{id}')));
    assert.deepEqual(unnamed, []);
    const known = new Set(routes.map((route) => route.replace(/\{websiteId\}/, '{id}')));
    assert.deepEqual(
      [...named].filter((route) => !known.has(route)),
      [],
    );
  });

  it('has every setting of a website in the table of settings, with its range', async () => {
    const { body } = await test.ask('/api/v1/openapi.json');
    const settings = JSON.parse(body.toString()).paths['/api/v1/websites/{websiteId}/settings'].patch.requestBody
      .content['application/json'].schema.properties;
    const page = await readFile(new URL('../../settings.md', import.meta.url), 'utf8');
    const rows = new Map([...page.matchAll(/^\| `(\w+)` \| `--.*$/gm)].map(([row, name]) => [name, row]));
    // A picture has an address of its own.
    assert.deepEqual([...rows.keys()].sort(), [...Object.keys(settings), 'fallbackPicture'].sort());
    for (const [name, { minimum, maximum }] of Object.entries<{ minimum?: number; maximum?: number }>(settings)) {
      if (maximum !== undefined) assert.match(rows.get(name) ?? '', new RegExp(`${minimum} to ${maximum}\\b`), name);
    }
  });

  it('runs nothing that the content security policy forbids', () => assert.deepEqual(complaints, []));
});

describe('the documentation as static files', () => {
  it('stands at any address', async () => {
    const out = await mkdtemp(join(tmpdir(), 'ogplus-docs-'));
    try {
      await buildDocs({ out, base: '/manual/', version: '1.2.3' });
      const html = await readFile(join(out, 'start/five-minutes/index.html'), 'utf8');
      assert.match(html, /1\.2\.3/);
      const addresses = [...html.matchAll(/(?:href|src)="([^"#][^"]*)"/g)].map(([, address]) => address ?? '');
      assert.deepEqual(
        addresses.filter((address) => !/^(https?:|\/manual\/)/.test(address)),
        [],
      );
    } finally {
      await rm(out, { recursive: true, force: true });
    }
  });
});
