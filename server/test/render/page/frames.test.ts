import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { browserWithout } from '../browser/browser-without.ts';
import { type Draw, generic, html, startTestRenderer, type TestRenderer } from '../harness.ts';

// Everything that needs frames to come about: script that asks for them, what is seen or measured, what moves, images.
const square = (colour: string) =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200"><rect width="200" height="200" fill="${colour}"/></svg>`)}`;
const document = html(
  `<div id="box" style="width:200px;height:200px;padding:20px;background:#eef;border-radius:30px;font:40px sans-serif">box</div>
  <p id="counted"></p><p id="seen"></p><p id="measured"></p>
  <p style="animation:move 1s infinite alternate">moves</p><p style="transition:margin 9s" id="later">late</p>
  <img loading="lazy" src="${square('teal')}"><img decoding="async" src="${square('orange')}"><canvas width="200" height="100"></canvas>
  <script>
    let frames = 0;
    requestAnimationFrame(function next() { counted.textContent = 'frame ' + Math.min(++frames, 3); if (frames < 9) requestAnimationFrame(next); });
    new IntersectionObserver(() => { seen.textContent = 'seen'; }).observe(box);
    new ResizeObserver(() => { measured.textContent = 'measured'; }).observe(box);
    later.style.marginLeft = '50px';
    const brush = document.querySelector('canvas').getContext('2d');
    brush.fillStyle = 'purple';
    brush.fillRect(10, 10, 150, 60);
  </script>`,
  '<style>@keyframes move { to { margin-left: 90px } }</style>',
);

const drawings: Readonly<Record<string, Draw>> = {
  'a whole page': { frame: generic },
  'a page at another width': { frame: generic, viewportWidth: 800 },
  'an element': { frame: generic, selector: '#box' },
  'a picture of another scale': { frame: { ...generic, scale: 1 } },
};

describe('a browser that draws its frames by itself', () => {
  let ours: TestRenderer;
  let itself: TestRenderer;
  let browser: Awaited<ReturnType<typeof browserWithout>>;
  before(async () => {
    browser = await browserWithout('--run-all-compositor-stages-before-draw');
    ours = await startTestRenderer();
    itself = await startTestRenderer({ browser: browser.program });
  });
  after(async () => {
    await ours[Symbol.asyncDispose]();
    await itself[Symbol.asyncDispose]();
    browser[Symbol.dispose]();
  });

  for (const [what, drawing] of Object.entries(drawings)) {
    it(`gives the same pixels of ${what}`, async () => {
      const [one, other] = await Promise.all(
        [ours, itself].map(async (renderer) => {
          const picture = await renderer.draw('http://127.0.0.1:1/page', document, drawing);
          assert.equal(picture.complete, true);
          return sharp(picture.bytes).raw().toBuffer();
        }),
      );
      assert.ok(one !== undefined && other !== undefined && one.length > 0);
      assert.ok(one.equals(other), 'pixel by pixel');
    });
  }

  it('gives the same bytes whatever the page was drawn as before', async () => {
    const seen = new Map<string, Buffer>();
    for (const what of [...Object.keys(drawings), ...Object.keys(drawings).toReversed()]) {
      const { bytes } = await ours.draw('http://127.0.0.1:1/page', document, drawings[what]);
      assert.ok(seen.get(what)?.equals(bytes) ?? true, what);
      seen.set(what, bytes);
    }
  });
});
