import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '../../../src/model/problem.ts';
import { milliseconds } from '../../../src/model/units.ts';
import { processTree } from '../../harness/process-tree.ts';
import { until } from '../../harness/until.ts';
import { assertMiddle, green, killAll, pageProcesses, startTestRenderer } from '../harness.ts';
import { type HoldingOrigin, startHoldingOrigin, withHeldImage } from '../held-image.ts';

const notLinux = process.platform !== 'linux' && 'elsewhere a crash looks different';
// More than a busy machine needs: no test waits for its end.
const budget = milliseconds(60_000);

let origin: HoldingOrigin;
before(async () => {
  origin = await startHoldingOrigin();
});
after(() => origin[Symbol.asyncDispose]());

/** Starts a drawing and lets `strike` hit the browser while the image is waited for. */
async function drawThroughCrash(strike: (browser: number) => void, crashes = 1) {
  origin.hold(crashes);
  await using renderer = await startTestRenderer({ budget });
  await renderer.check();
  const drawing = renderer.draw(`${origin.url}/page`, withHeldImage);
  drawing.catch(() => {}); // looked at below
  for (let crash = 1; crash <= crashes; crash++) {
    await until('the page loads', () => origin.heard.length === crash);
    strike(renderer.browsers.at(-1) ?? 0);
  }
  try {
    const picture = await drawing;
    return {
      picture,
      browsers: renderer.browsers.length,
      started: renderer.started,
    };
  } finally {
    // Whatever came of it, the renderer draws on.
    origin.hold(0);
    await assertMiddle(await renderer.draw(`${origin.url}/page`, withHeldImage), green);
  }
}

const killBrowser = (pid: number) => killAll(processTree(pid).slice(1)); // not the wrapper, which cleans up
const killPages = (pid: number) => killAll(pageProcesses(pid));

describe('a card whose browser is killed while it is drawn', () => {
  it('is drawn by a new one, without waiting for the budget to end', async () => {
    const { picture, browsers, started } = await drawThroughCrash(killBrowser);
    await assertMiddle(picture, green);
    assert.equal(picture.complete, true);
    assert.equal(browsers, 2);
    assert.equal(started, 1);
  });

  it('is drawn by the next one, however often they are killed within its time', async () => {
    const { picture, browsers } = await drawThroughCrash(killBrowser, 3);
    await assertMiddle(picture, green);
    assert.equal(picture.complete, true);
    assert.equal(browsers, 4);
  });
});

describe('a card whose page is killed while it is drawn', () => {
  it('is drawn again in the same browser, without waiting for the budget to end', async () => {
    const { picture, browsers } = await drawThroughCrash(killPages);
    await assertMiddle(picture, green);
    assert.equal(picture.complete, true);
    assert.equal(browsers, 1);
  });

  it('is drawn again where that is killed too, with all pages that were ready', async () => {
    const { picture, browsers } = await drawThroughCrash(killPages, 3);
    await assertMiddle(picture, green);
    assert.equal(browsers, 1);
  });
});

describe('a page that crashes by itself', { skip: notLinux }, () => {
  it('is drawn once more, and then refused', async () => {
    let tries = 0;
    await assert.rejects(
      drawThroughCrash((browser) => {
        tries++;
        for (const pid of pageProcesses(browser)) process.kill(pid, 'SIGABRT');
      }, 2),
      (error) => error instanceof Problem && error.type === 'render-failed',
    );
    assert.equal(tries, 2);
  });
});

describe('two cards under way when their browsers are killed', () => {
  it('are both drawn', async () => {
    origin.hold(2);
    await using renderer = await startTestRenderer({ budget });
    await renderer.check();
    const drawings = ['a', 'b'].map((partition) => renderer.draw(`${origin.url}/page`, withHeldImage, { partition }));
    await until('both load', () => origin.heard.length === 2);
    for (const browser of renderer.browsers) killBrowser(browser);
    for (const picture of await Promise.all(drawings)) await assertMiddle(picture, green);
  });
});

describe('a browser that is killed over and over, at any moment of a drawing', () => {
  it('loses no card', async () => {
    origin.hold(0);
    await using renderer = await startTestRenderer({ budget });
    await renderer.check();
    // From before the page is asked for to after it was captured, in steps of a few milliseconds.
    for (let moment = 0; moment < 200; moment += 33) {
      const drawings = ['a', 'a', 'b'].map((partition) =>
        renderer.draw(`${origin.url}/page`, withHeldImage, { partition }),
      );
      const known = renderer.browsers.length;
      await pause(moment);
      killBrowser(renderer.browsers[known - 1] ?? 0);
      for (const picture of await Promise.all(drawings)) await assertMiddle(picture, green, `${moment} ms`);
    }
    assert.ok(renderer.browsers.length > 4, `${renderer.browsers.length} browsers`);
  });
});
