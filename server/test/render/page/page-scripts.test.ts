import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { milliseconds } from '../../../src/model/units.ts';
import type { RunningBrowser } from '../../../src/render/browser/browser.ts';
import type { CdpSession } from '../../../src/render/browser/cdp/cdp.ts';
import { findBrowser } from '../../../src/render/browser/find-browser.ts';
import { BrowserStarter } from '../../../src/render/browser/process/browser-starter.ts';
import { lookAtActivity } from '../../../src/render/page/clock/look-at-activity.ts';
import { observeActivityScript } from '../../../src/render/page/clock/observe-activity.ts';
import { lookAtViewScript, type View } from '../../../src/render/page/ready/look-at-view.ts';

const words = '<p style="font-size:40px;line-height:100px">Words<br>and<br>more<br>of<br>them<br>again</p>';

let browser: RunningBrowser;
let targetId: string;
let session: string;
let send: CdpSession['send'];
before(async () => {
  const found = await findBrowser(process.env['OGPLUS_BROWSER']);
  const log = { info() {}, warn: console.warn };
  browser = await new BrowserStarter(found, { proxyServer: undefined, allowRoot: true, log }).start();
  const deadline = milliseconds(30_000);
  const target = { url: 'about:blank', enableBeginFrameControl: browser.frames !== undefined };
  ({ targetId } = await browser.cdp.send('Target.createTarget', target, { deadline }));
  ({ sessionId: session } = await browser.cdp.send('Target.attachToTarget', { targetId, flatten: true }, { deadline }));
  send = (method, params) => browser.cdp.send(method, params, { session, deadline });
  await send('Emulation.setDeviceMetricsOverride', { width: 1200, height: 630, deviceScaleFactor: 1, mobile: false });
});
after(() => browser.stop());

async function evaluate(expression: string): Promise<unknown> {
  return (await send('Runtime.evaluate', { expression, returnByValue: true })).result.value;
}

describe('a page whose data are on their way', () => {
  const look = async (html: string): Promise<View> => {
    const { frameTree } = await send('Page.getFrameTree', undefined);
    await send('Page.setDocumentContent', { frameId: frameTree.frame.id, html: `<!doctype html><body>${html}` });
    return (await evaluate(lookAtViewScript)) as View;
  };

  for (const [what, html] of Object.entries({
    'a view that is half blank': '<h1>A headline</h1>',
    'an empty list': `<h1>A headline</h1><ul></ul>${words}`,
    'an empty element with an id': `<div id="results"></div>${words}`,
    'an empty element of its own kind': `<late-box></late-box>${words}`,
    'a dash in place of a value': `<h1>It costs <b>–</b></h1>${words}`,
  })) {
    it(`may miss content: ${what}`, async () => assert.equal((await look(html)).hasGaps, true));
  }

  for (const [what, html] of Object.entries({
    'a view full of text': words,
    'a picture': `<svg style="width:100%;height:500px;background:red"></svg>`,
    'a line without content': `${words}<div id="line" style="height:2px;background:red"></div>`,
    'an empty layer above it': `${words}<div id="modal" style="position:fixed;inset:0"></div>`,
    'an empty element below it': `${words}<div style="height:900px"></div><div id="comments"></div>`,
    'a hidden one': `<div id="menu" hidden></div>${words}`,
  })) {
    it(`misses nothing: ${what}`, async () => assert.equal((await look(html)).hasGaps, false));
  }
});

describe('a page that requested an animation frame', () => {
  const look = () => lookAtActivity({ send }, 5000);

  it('waits for it until it has come, however often one looks meanwhile', async (test) => {
    const { frames } = browser;
    if (frames === undefined) return test.skip('its browser draws frames by itself');
    await evaluate(observeActivityScript);
    await evaluate('requestAnimationFrame(() => requestAnimationFrame(() => {}))');
    const seen = [await look(), await look()];
    await frames.issue({ targetId, session }, { noDisplayUpdates: true });
    seen.push(await look(), await look());
    assert.deepEqual(
      seen.map(({ requestedFrame }) => requestedFrame),
      [true, true, true, true],
    );
    await frames.issue({ targetId, session }, { noDisplayUpdates: true });
    await look();
    assert.equal((await look()).requestedFrame, false);
  });

  it('does not wait for one that it cancelled', async () => {
    await evaluate('cancelAnimationFrame(requestAnimationFrame(() => {}))');
    await look();
    assert.equal((await look()).requestedFrame, false);
  });

  it('does not wait for ever for one that never comes', async (test) => {
    if (browser.frames === undefined) return test.skip('its browser draws frames by itself');
    await evaluate('requestAnimationFrame(() => {})');
    const seen = [await look(), await look(), await look(), await look(), await look(), await look()];
    assert.equal(seen.at(-1)?.requestedFrame, false);
  });
});
