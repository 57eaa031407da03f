import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pixelmatch from 'pixelmatch';
import sharp from 'sharp';
import { byHand } from '../../../bench/corpus/groups.ts';
import { type CorpusOrigin, startCorpusOrigin } from '../../../bench/corpus/origin.ts';
import type { PictureSpec } from '../../src/model/picture-spec.ts';
import { generic, openLoopback, startTestRenderer, type TestRenderer } from '../render/harness.ts';

// A few of the corpus of the benchmarks, one of each habit. `OGPLUS_CORPUS=all` draws all that have a page beside them
// that shows at once what they show at rest.
const few = new Set([
  'animation-in-shadow-root',
  'blur-up',
  'chain-of-timeouts',
  'class-after-100-ms',
  'class-in-two-frames',
  'count-up-by-hand',
  'document-write',
  'endless-timers',
  'fetch-700-ms-then-timer',
  'frames-by-script',
  'hanging-ad-iframe',
  'hanging-async-script',
  'hanging-font',
  'hanging-pixel-below',
  'hanging-script-at-end',
  'hash-router',
  'idle-callback',
  'images-set-in-view',
  'lazy-hero',
  'leaves-by-meta-refresh',
  'leaves-by-script',
  'no-reduced-motion-rule',
  'opens-a-window',
  'preloader-800-ms',
  'reveal-when-seen',
  'scroll-driven',
  'slow-hero',
  'starting-style',
  'typewriter',
  'view-transition',
  'web-animations-chain',
  'worker-script-slow',
]);
const pages = byHand
  .flatMap((group) => group.pages)
  .filter(({ rest, differs }) => rest !== undefined && differs === undefined)
  .filter(({ name }) => process.env['OGPLUS_CORPUS'] === 'all' || few.has(name));

// Laid out as in a visitor's browser: in a smaller one, other parts of a page are in view.
const frame: PictureSpec = { ...generic, scale: 1, formats: ['image/png'] };

let renderer: TestRenderer;
let origin: CorpusOrigin;
let gate: Awaited<ReturnType<typeof openLoopback>>;
before(async () => {
  origin = await startCorpusOrigin(pages);
  gate = await openLoopback();
  renderer = await startTestRenderer({ proxyServer: gate.url });
});
after(async () => {
  await renderer[Symbol.asyncDispose]();
  await gate[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

async function pixels(picture: Buffer): Promise<Buffer> {
  return sharp(picture).ensureAlpha().raw().toBuffer();
}

describe('a card shows the page at rest', () => {
  for (const page of pages) {
    it(page.name, async () => {
      const url = origin.urlOf(page);
      const card = await renderer.draw(url, await (await fetch(url)).text(), { frame });
      const still = await renderer.draw(url, page.rest ?? '', { frame });
      const [a, b] = await Promise.all([pixels(card.bytes), pixels(still.bytes)]);
      const different = pixelmatch(a, b, undefined, card.width, card.height, { threshold: 0.1 });
      assert.equal(different, 0, `${different} pixels differ`);
    });
  }
});
