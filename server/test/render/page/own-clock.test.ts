import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { browserWithout } from '../browser/browser-without.ts';
import { assertMiddle, filled, green, html, startTestRenderer, type TestRenderer } from '../harness.ts';

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
  'a page at rest': html(`<div style="${filled};background:#0a0">text</div><script>let x = 1</script>`),
  'a page without scripts': html(`<div style="${filled};background:#0a0">text</div>`),
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
    let shell: Awaited<ReturnType<typeof browserWithout>> | undefined;
    before(async () => {
      shell =
        skip === false && browser.startsWith('the shell') ? await browserWithout('--run-all-compositor') : undefined;
      renderer = await startTestRenderer({ browser: shell?.program ?? chromium });
    });
    after(async () => {
      await renderer[Symbol.asyncDispose]();
      shell?.[Symbol.dispose]();
    });

    for (const [what, page] of Object.entries(pages)) {
      it(what, async () => {
        const picture = await renderer.draw('http://127.0.0.1:1/page', page);
        assert.equal(picture.complete, true);
        await assertMiddle(picture, green);
      });
    }

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
