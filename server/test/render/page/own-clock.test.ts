import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Cdp } from '../../../src/render/browser/cdp/cdp.ts';
import { type Origin, startOrigin } from '../../harness/origin.ts';
import { isClose, pixel } from '../../harness/pixels.ts';
import { browserWithout } from '../browser/browser-without.ts';
import { assertMiddle, blue, filled, green, html, startTestRenderer, type TestRenderer } from '../harness.ts';

// A full Chromium is tried where `OGPLUS_TEST_CHROMIUM` names one; the shell without frames under control everywhere.
const chromium = process.env['OGPLUS_TEST_CHROMIUM'];
const box = `<div id="box" style="${filled};background:#f00"></div>`;
const go = 'box.style.background = "#0a0"';
const pages = {
  'a script that animates for a second': html(`${box}<script>
    let start;
    requestAnimationFrame(function step(now) {
      start ??= now;
      const done = Math.min(1, (now - start) / 1000);
      box.style.background = \`rgb(\${255 - 255 * done}, \${170 * done}, 0)\`;
      if (done < 1) requestAnimationFrame(step);
    });
  </script>`),
  'a preloader': html(`<div id="box" style="${filled};background:#f00">Loading…</div>
    <script>setTimeout(() => { box.textContent = ''; ${go} }, 800)</script>`),
  'a timer that nothing announces': html(`${box}<script>setTimeout(() => { ${go} }, 800)</script>`),
  'timers in a row': html(`${box}<script>
    let steps = 0;
    const step = () => { if (++steps === 4) ${go}; else setTimeout(step, 400) };
    step();
  </script>`),
  'the first time of an interval': html(`${box}<script>setInterval(() => { ${go} }, 900)</script>`),
  'a fading element of a timer': html(`<style>#box{transition:background .6s}</style>${box}
    <script>setTimeout(() => { ${go} }, 500)</script>`),
  'an idle callback and a timer': html(`${box}<script>
    requestIdleCallback(() => setTimeout(() => requestIdleCallback(() => { ${go} }), 600));
  </script>`),
  'a page at rest': html(`<div style="${filled};background:#0a0">text</div><script>let x = 1</script>`),
  'a page without scripts': html(`<div style="${filled};background:#0a0">text</div>`),
};

const image =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><rect width="2" height="1" fill="#0a0"/></svg>';
/** What the website answers; each is red until it has all of its parts, and green then. */
const site: Readonly<Record<string, readonly [type: string, body: string, after?: number]>> = {
  '/image': ['image/svg+xml', image, 400],
  '/style': ['text/css', 'html { background: #0a0 !important }', 400],
  '/data': ['application/json', '{}', 400],
  '/with-image': [
    'text/html',
    html(`<div style="${filled};background:#f00"><img src="/image" style="${filled}"></div>`),
  ],
  '/with-style': [
    'text/html',
    html('text', '<style>html{background:#f00}</style><link rel="stylesheet" href="/style">'),
  ],
  '/long': [
    'text/html',
    html(
      `<div hidden>${'text '.repeat(1_000_000)}</div><img src="/image" style="${filled}">`,
      '<style>html{background:#f00}</style>',
    ),
  ],
};
const blank = '<style>html{background:#00f}</style>';
/** Pages that begin something new while their pictures are taken, at each of these moments. */
const moments = [50, 200, 300, 450];
const begin: Readonly<Record<string, (after: number) => string>> = {
  'a page with an image': (after) =>
    html(`text<script>setTimeout(() => { location = '/with-image' }, ${after})</script>`, blank),
  'a page with a stylesheet': (after) =>
    html(`text<script>setTimeout(() => { location = '/with-style' }, ${after})</script>`, blank),
  'a long page': (after) => html(`text<script>setTimeout(() => { location = '/long' }, ${after})</script>`, blank),
  'a request': (after) =>
    html(
      `text<script>setTimeout(async () => {
      document.documentElement.style.background = '#f00';
      await fetch('/data');
      document.documentElement.style.background = '#0a0';
    }, ${after})</script>`,
      blank,
    ),
};

describe('a page that computes until its clock says so', () => {
  it("is drawn by the machine's clock", async () => {
    await using renderer = await startTestRenderer();
    const spin = 'const end = performance.now() + 30; while (performance.now() < end);';
    const page = html(`${box}<script>setInterval(() => { ${spin} }, 100); setTimeout(() => { ${go} }, 300)</script>`);
    const picture = await renderer.draw('http://127.0.0.1:1/page', page);
    assert.equal(picture.complete, true);
    await assertMiddle(picture, green);
    const next = await renderer.draw('http://127.0.0.1:1/page', pages['a page at rest']);
    await assertMiddle(next, green);
  });
});

for (const [browser, skip] of [
  ['the shell without frames under control', false],
  ['a full Chromium (OGPLUS_TEST_CHROMIUM)', chromium === undefined && 'none is named'],
] as const) {
  describe(`with a clock of its own, in ${browser}, a card shows the end of`, { skip }, () => {
    let renderer: TestRenderer;
    let origin: Origin;
    let shell: Awaited<ReturnType<typeof browserWithout>> | undefined;
    before(async () => {
      origin = await startOrigin((req, res) => {
        const [type, body, after = 0] = site[req.url ?? ''] ?? ['text/plain', ''];
        setTimeout(() => res.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body), after);
      });
      shell =
        skip === false && browser.startsWith('the shell') ? await browserWithout('--run-all-compositor') : undefined;
      renderer = await startTestRenderer({ browser: shell?.program ?? chromium });
    });
    after(async () => {
      await renderer[Symbol.asyncDispose]();
      await origin[Symbol.asyncDispose]();
      shell?.[Symbol.dispose]();
    });

    for (const [what, page] of Object.entries(pages)) {
      it(what, async () => {
        const picture = await renderer.draw('http://127.0.0.1:1/page', page);
        assert.equal(picture.complete, true);
        await assertMiddle(picture, green);
      });
    }

    for (const [what, pageOf] of Object.entries(begin)) {
      it(`${what} that it goes on to, or nothing of it`, async () => {
        for (const after of moments) {
          const picture = await renderer.draw(`${origin.url}/page`, pageOf(after));
          const found = await pixel(picture.bytes, picture.width >> 1, picture.height >> 1);
          assert.equal(picture.complete, true, `after ${after} ms: ${picture.remarks}`);
          assert.ok(isClose(found, green) || isClose(found, blue), `${found} after ${after} ms`);
        }
      });
    }

    it('what is at rest, in one picture', async (test) => {
      const sent = test.mock.method(Cdp.prototype, 'send').mock;
      const picture = await renderer.draw('http://127.0.0.1:1/page', pages['a page at rest']);
      await assertMiddle(picture, green);
      const pictures = sent.calls.filter(({ arguments: [method] }) => method === 'Page.captureScreenshot');
      assert.equal(pictures.length, 1);
    });

    it('no motion that never ends', async () => {
      const page = html(
        `<div style="${filled};background:#0a0"><p id="p">text</p></div><script>requestAnimationFrame(function step(now) { p.textContent = now; requestAnimationFrame(step) })</script>`,
      );
      const picture = await renderer.draw('http://127.0.0.1:1/page', page);
      assert.equal(picture.complete, true);
      await assertMiddle(picture, green);
    });
  });
}
