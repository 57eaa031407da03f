import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { milliseconds } from '../../../src/model/units.ts';
import type { RunningBrowser } from '../../../src/render/browser/browser.ts';
import { findBrowser } from '../../../src/render/browser/find-browser.ts';
import { BrowserStarter } from '../../../src/render/browser/process/browser-starter.ts';
import { Page } from '../../../src/render/page/page.ts';
import { DocumentLoad } from '../../../src/render/page/ready/document-load.ts';
import { RequestTimeout } from '../../../src/render/page/ready/request-timeout.ts';
import { type Origin, startOrigin } from '../../harness/origin.ts';
import { until } from '../../harness/until.ts';
import { filled, html } from '../harness.ts';

let origin: Origin;
let browser: RunningBrowser;
let held: ServerResponse | undefined;
before(async () => {
  origin = await startOrigin((req, res) => {
    if (req.url === '/held') held = res;
    else res.writeHead(200, { 'Content-Type': 'text/html' }).end(html('<h1>text</h1>'));
  });
  const log = { info: () => {}, warn: () => {} };
  browser = await new BrowserStarter(await findBrowser(process.env['OGPLUS_BROWSER']), {
    proxyServer: undefined,
    allowRoot: false,
    log,
  }).start();
});
after(async () => {
  await browser.stop();
  await origin[Symbol.asyncDispose]();
});

/** A page of the website that has loaded, and is asked what it shows: `meanwhile` runs before its answers are read. */
async function openPage(meanwhile: (page: Page) => Promise<void>): Promise<Page> {
  const deadline = milliseconds(60_000);
  const { browserContextId } = await browser.cdp.send('Target.createBrowserContext', {}, { deadline });
  const page = await Page.open(browser, browserContextId);
  page.on('Fetch.requestPaused', ({ requestId }) => void page.send('Fetch.continueRequest', { requestId }));
  const load = new DocumentLoad(page);
  await page.send('Page.navigate', { url: `${origin.url}/page` });
  await load.loaded;
  load.stop();
  const send = page.send;
  page.send = async (...args: Parameters<typeof send>) => {
    const answer = await send(...args);
    if (args[0] === 'Runtime.evaluate') await meanwhile(page);
    return answer as never;
  };
  return page;
}

// What is visible has been there for so long when the waiting ends.
const gracePeriod = 800;

describe('an image in view that is requested just after the page was looked at', () => {
  it('is waited for, although everything that was there had its time', async () => {
    let firstLook: number | undefined;
    let hasBegun = false;
    const page = await openPage(async () => {
      firstLook ??= performance.now();
      if (hasBegun || performance.now() - firstLook < gracePeriod) return;
      hasBegun = true;
      const image = `document.body.insertAdjacentHTML('beforeend', '<img src="/held" style="${filled}">')`;
      await page.send('Runtime.evaluate', { expression: image });
      await until('it is requested', () => !page.traffic.isQuiet);
    });
    const load = new DocumentLoad(page, true);
    for (;;) {
      firstLook = undefined;
      const requestTimeout = new RequestTimeout(page, load, Buffer.alloc(0));
      let isOver = false;
      await until('it is requested, or the waiting ends', async () => {
        isOver = await requestTimeout.isOver();
        return hasBegun || isOver;
      });
      if (!hasBegun) continue; // the waiting ended a moment before
      assert.equal(isOver, false);
      await until('it comes', () => held !== undefined);
      held?.writeHead(404).end();
      await until('nothing is waited for', () => requestTimeout.isOver());
      assert.deepEqual(requestTimeout.cut, []);
      break;
    }
    load.stop();
    await page.close();
  });
});
