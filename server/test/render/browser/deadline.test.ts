import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readConfig } from '../../../src/config.ts';
import { Problem } from '../../../src/model/problem.ts';
import { milliseconds } from '../../../src/model/units.ts';
import { type Gate, openGate } from '../../../src/origin/gate.ts';
import { createGuard } from '../../../src/origin/guard.ts';
import { pageLimits } from '../../../src/page-limits.ts';
import { findBrowser } from '../../../src/render/browser/find-browser.ts';
import { BrowserStarter } from '../../../src/render/browser/process/browser-starter.ts';
import { OutOfTime, withinDeadline } from '../../../src/render/workers/deadline.ts';
import { type Origin, startOrigin } from '../../harness/origin.ts';
import { until } from '../../harness/until.ts';
import { assertMiddle, filled, green, html, startTestRenderer, type TestRenderer } from '../harness.ts';

// Each hostile page takes it whole.
const budget = milliseconds(1000);

const worker = `data:text/javascript,${encodeURIComponent('for(;;);')}`;
const hostile: Readonly<Record<string, string>> = {
  'two hundred shared workers that compute': `for (let n = 0; n < 200; n++) new SharedWorker('${worker}', 'w' + n)`,
  'workers that compute': `for (let n = 0; n < 50; n++) new Worker('${worker}')`,
  'a flood of titles': `for (let n = 0;; n++) document.title = 'x'.repeat(4000) + n`,
  'a flood of titles, with pauses': `setInterval(() => { for (let n = 0; n < 5000; n++) document.title = 'x' + n + Math.random() })`,
  'dialogs without end': `for (;;) alert('x'.repeat(1e6))`,
  'a flood of what it logs': `for (;;) console.log('x'.repeat(10000))`,
  'a flood of frames': `setInterval(() => { for (let n = 0; n < 50; n++) document.body.append(document.createElement('iframe')) })`,
  'a flood of history': `setInterval(() => { for (let n = 0; n < 500; n++) history.pushState(0, '', '?' + Math.random()) })`,
  'a flood of requests': `setInterval(() => { for (let n = 0; n < 500; n++) fetch('/x' + Math.random()).catch(() => {}) })`,
  'a flood of windows': `setInterval(() => { for (let n = 0; n < 20; n++) open('about:blank') })`,
  'a loop when it is left': 'onpagehide = onunload = onbeforeunload = () => { for (;;); }',
};

const config = readConfig({ OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8' });
const guard = createGuard(config.allowNetworks);

let origin: Origin;
let gate: Gate;
let renderer: TestRenderer;
before(async () => {
  origin = await startOrigin((_, res) => void res.writeHead(404).end());
  gate = await openGate(guard);
  const limits = pageLimits(guard, config);
  renderer = await startTestRenderer({ budget, renderers: 1, proxyServer: gate.url, pageLimits: limits });
});
after(async () => {
  for (const part of [renderer, gate, origin]) await part[Symbol.asyncDispose]();
});

describe('a drawing whose time is over', () => {
  it('ends with its browser, whatever it waits for', async () => {
    const log = { info: () => {}, warn: () => {} };
    const found = await findBrowser(undefined);
    const browser = await new BrowserStarter(found, { proxyServer: undefined, allowRoot: false, log }).start();
    try {
      await assert.rejects(withinDeadline(browser, milliseconds(1), new Promise(() => {})), OutOfTime);
      await browser.cdp.closed;
    } finally {
      browser.kill();
    }
  });
});

describe('a drawing ends when its time ends, and the next website is drawn', () => {
  for (const [what, script] of Object.entries(hostile)) {
    it(`after ${what}`, async () => {
      const page = html(`<div style="${filled};background:#0a0"></div>`, `<script>${script}</script>`);
      // In template mode, where what it logs is heard, too.
      const style = 'opacity: 1';
      await renderer.draw(`${origin.url}/page`, page, { partition: what, style }).catch(() => {});
      const quiet = html(`<div style="${filled};background:#0a0"></div>`);
      // The first in a new browser may take all of its time and more, beside whatever else the machine does.
      await until('a card is whole', async () => {
        const picture = await renderer.draw(`${origin.url}/quiet`, quiet, { partition: 'quiet' }).catch(outOfTime);
        if (picture === undefined) return false;
        await assertMiddle(picture, green);
        return picture.complete;
      });
    });
  }
});

function outOfTime(error: unknown): undefined {
  if (!(error instanceof Problem) || error.type !== 'render-failed') throw error;
}
