import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readConfig } from '../../../src/config.ts';
import { milliseconds } from '../../../src/model/units.ts';
import { type Gate, openGate } from '../../../src/origin/gate.ts';
import { createGuard } from '../../../src/origin/guard.ts';
import { pageLimits } from '../../../src/page-limits.ts';
import { type Origin, startOrigin } from '../../harness/origin.ts';
import { assertMiddle, filled, green, html, startTestRenderer } from '../harness.ts';

// Every page is done a short time after its budget, and what it began is gone: without an end of its own, a drawing here
// holds its browser for 20 to 30 s.
// The quiet page has the same one, and is the first in a new browser, beside whatever else is being tested.
const budget = milliseconds(2000);

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
  'a loop': 'for (;;);',
  'a loop once it is loaded': 'onload = () => { for (;;); }',
  'a loop when it is left': 'onpagehide = onunload = onbeforeunload = () => { for (;;); }',
};

const config = readConfig({ OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8' });
const guard = createGuard(config.allowNetworks);

let origin: Origin;
let gate: Gate;
before(async () => {
  origin = await startOrigin((_, res) => void res.writeHead(404).end());
  gate = await openGate(guard);
});
after(async () => {
  for (const part of [gate, origin]) await part[Symbol.asyncDispose]();
});

describe('a drawing ends when its time ends, and the next website is drawn', () => {
  for (const [what, script] of Object.entries(hostile)) {
    // Its budget, what is beside it, a new browser and a card.
    it(`after ${what}`, { timeout: 30_000 }, async () => {
      await using renderer = await startTestRenderer({
        budget,
        renderers: 1,
        proxyServer: gate.url,
        pageLimits: pageLimits(guard, config),
      });
      await renderer.check();
      const page = html(`<div style="${filled};background:#0a0"></div>`, `<script>${script}</script>`);
      // In template mode, where what it logs is heard, too.
      const style = 'opacity: 1';
      await renderer.draw(`${origin.url}/page`, page, { partition: 'hostile', style }).catch(() => {});
      const quiet = html(`<div style="${filled};background:#0a0"></div>`);
      const picture = await renderer.draw(`${origin.url}/quiet`, quiet, { partition: 'quiet' });
      assert.equal(picture.complete, true);
      await assertMiddle(picture, green);
    });
  }
});
