import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { faultsOf } from '../../../dashboard/test/harness/axe.ts';
import { openBrowser, openWindow } from '../../../dashboard/test/harness/browser.ts';
import { allConsumers } from '../../src/model/consumers.ts';
import { ogplus, type Running, startCommand } from '../harness/command.ts';
import { type Origin, startOrigin } from '../harness/origin.ts';
import { isClose, pixel } from '../harness/pixels.ts';
import { until } from '../harness/until.ts';

let site: Origin;
let command: Running;
let address: string;
let browser: Browser;
let live: Page;
let style = 'body{background:#f00}';
let body = '<h1>A page</h1>';
let status = 200;

before(async () => {
  site = await startOrigin((req: IncomingMessage, res: ServerResponse) => {
    if (req.url === '/style.css') return void res.writeHead(200, { 'Content-Type': 'text/css' }).end(style);
    res.writeHead(status, { 'Content-Type': 'text/html' });
    const head = '<meta property="og:title" content="A title"><link rel="stylesheet" href="/style.css">';
    res.end(`<!doctype html><html><head>${head}</head><body>${body}</body></html>`);
  });
  command = startCommand(['dev', site.url, '--port', '0'], {});
  const found = () => /http:\/\/127\.0\.0\.1:\d+\/$/m.exec(command.output())?.[0];
  await until('it says where it is', () => found() !== undefined);
  address = found() ?? '';
  browser = await openBrowser();
  // axe is put into the page, which its policy forbids.
  live = await (await openWindow(browser, { bypassCSP: true })).newPage();
  await live.goto(address);
});
after(async () => {
  await browser?.close();
  await site?.[Symbol.asyncDispose]();
});

const ready = () => live.locator('#status[data-phase=ready]').waitFor();
const cardOf = async (network: string) => {
  const src = await live.locator(`[data-network=${network}] img`).getAttribute('src');
  return Buffer.from(await (await fetch(new URL(src ?? '', address))).arrayBuffer());
};
const shows = async (network: string, colour: [number, number, number]) =>
  isClose(await pixel(await cardOf(network), 400, 500), colour);

describe('ogplus dev', () => {
  it("shows the card of every network, each in the network's own shape", async () => {
    await ready();
    const pictures = live.locator('figure img[src]');
    await until('all are shown', async () => (await pictures.count()) === allConsumers.length);
    assert.equal(await live.locator('h1').textContent(), 'A title');
    for (const network of ['generic', 'twitter', 'pinterest']) assert.ok(await shows(network, [255, 0, 0]), network);
    assert.match((await live.locator('[data-network=pinterest]').textContent()) ?? '', /2000 × 3000/);
    assert.equal(await live.locator('#errors').isVisible(), false);
  });

  it('asks the page once for all networks that get the same picture', () => {
    const loaded = site.heard.filter(({ target, headers }) => target === '/style.css' && 'referer' in headers).length;
    assert.ok(loaded < allConsumers.length / 2, `${loaded}`);
  });

  it('draws again when a stylesheet changes', async () => {
    const looks = () => site.heard.filter(({ headers }) => headers['user-agent'] === undefined).length;
    await until('the stylesheet is looked at', () => looks() > 0);
    style = 'body{background:#00f}';
    await until('it is blue', () => shows('twitter', [0, 0, 255]).catch(() => false));
    await ready();
  });

  it('shows what the page reports', async () => {
    body = '<h1>A page</h1><script>console.error("<b>careful</b>")</script>';
    await live.locator('#errors li').waitFor();
    assert.equal(await live.locator('#errors li').textContent(), '<b>careful</b>');
    assert.equal(await live.locator('#errors summary').textContent(), 'The page reports an error');
    await ready();
  });

  it('says why the page cannot be drawn, and goes on when it can', async () => {
    status = 500;
    await live.getByRole('alert').waitFor();
    assert.match((await live.getByRole('alert').textContent()) ?? '', /The page answers 500/);
    assert.ok(await shows('twitter', [0, 0, 255]));
    status = 200;
    body = '<script>throw new Error("no app")</script>';
    await live.getByText('Error: no app').waitFor();
    body = '<h1>A page</h1>';
    await ready();
    assert.equal(await live.getByRole('alert').isVisible(), false);
  });

  it('can be used by everybody, in both schemes and on a phone', async () => {
    assert.deepEqual(await faultsOf(live, [390, 1440]), []);
  });

  it('needs nothing but its own files, and answers this machine only', async () => {
    const loaded = await live.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    assert.deepEqual(
      loaded.filter((url) => !url.startsWith(address) && !url.startsWith('data:')),
      [],
    );
    const { port } = new URL(address);
    const answer = await live.request.get(address, { headers: { host: `evil.example:${port}` } });
    assert.equal(answer.status(), 403);
    assert.match((await fetch(address)).headers.get('content-security-policy') ?? '', /^default-src 'none'/);
  });

  it('says what is wrong with what it was given', async () => {
    for (const [exit, args, says] of [
      [2, ['dev', 'nonsense'], /not a page address/],
      [2, ['dev', site.url, '--port', 'many'], /--port many: must be 0 to 65535/],
      [1, ['dev', site.url, '--port', new URL(address).port], /is taken/],
    ] as const) {
      const { code, stderr } = await ogplus(args);
      assert.equal(code, exit);
      assert.match(stderr, says);
    }
  });
});

describe('ogplus dev that is interrupted', () => {
  it('ends, and that is no failure', async () => {
    command.signal('SIGINT');
    assert.equal(await command.ended, 0);
  });
});
