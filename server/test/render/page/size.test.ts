import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { Problem } from '../../../src/model/problem.ts';
import { isClose, pixel } from '../../harness/pixels.ts';
import { blue, generic, green, html, red, startTestRenderer, type TestRenderer } from '../harness.ts';

const url = 'http://127.0.0.1:9/page';
let renderer: TestRenderer;
before(async () => {
  renderer = await startTestRenderer();
});
after(() => renderer[Symbol.asyncDispose]());

describe('a picture', () => {
  // Three corners of known colours: nothing is cut off at the right, nothing is shifted.
  const corners = html(
    `<style>html{background:#00f}i{position:fixed;width:10vw;height:10vw}</style>
     <i style="left:0;top:0;background:#f00"></i><i style="right:0;top:0;background:#0a0"></i>`,
  );

  for (const viewportWidth of [undefined, 320, 333, 700, 1199, 2400]) {
    it(`has exactly the frame's pixels, laid out at ${viewportWidth ?? "the frame's own"} CSS pixels`, async () => {
      const picture = await renderer.draw(url, corners, {
        frame: generic,
        ...(viewportWidth === undefined ? {} : { viewportWidth }),
      });
      const { width, height } = await sharp(picture.bytes).metadata();
      assert.deepEqual([width, height, picture.width, picture.height], [2400, 1260, 2400, 1260]);
      for (const [x, y, colour] of [
        [8, 8, red],
        [220, 220, red],
        [2391, 8, green],
        [2180, 220, green],
        [8, 1251, blue],
        [2391, 1251, blue],
      ] as const) {
        assert.ok(isClose(await pixel(picture.bytes, x, y), colour), `at ${x},${y}`);
      }
    });
  }

  it('is laid out at the width that the page asks for', async () => {
    const page = html('', '<style>html{background:#f00}@media (width: 700px){html{background:#0a0}}</style>');
    const picture = await renderer.draw(url, page, { viewportWidth: 700 });
    assert.ok(isClose(await pixel(picture.bytes, 10, 10), green));
  });

  it('shows no scrollbar of a page that is longer than it', async () => {
    const page = html('<div style="height:5000px;background:#0a0"></div>', '<style>html{background:#f00}</style>');
    const picture = await renderer.draw(url, page);
    assert.ok(isClose(await pixel(picture.bytes, picture.width - 1, 100), green));
  });

  // Noise is the heaviest there is: nothing in it can be left out unseen.
  const noise = html(`<canvas width="600" height="315"></canvas><script>
    const canvas = document.querySelector('canvas').getContext('2d');
    const data = canvas.createImageData(600, 315);
    let n = 1;
    for (let i = 0; i < data.data.length; i++) data.data[i] = i % 4 === 3 ? 255 : (n = (n * 16807) % 2147483647) & 255;
    canvas.putImageData(data, 0, 0);
  </script>`);
  const frame = { ...generic, width: 600, height: 315, scale: 1 };

  for (const format of ['image/jpeg', 'image/webp'] as const) {
    it(`never passes its reader's limit, as ${format}`, async () => {
      const free = await renderer.draw(url, noise, { frame: { ...frame, formats: [format] } });
      const max = Math.round(free.bytes.length / 2);
      const picture = await renderer.draw(url, noise, { frame: { ...frame, formats: [format], max } });
      assert.equal(picture.type, format);
      assert.ok(picture.bytes.length <= max, `${picture.bytes.length} of ${max} bytes`);
    });
  }

  it('stays lossless as long as a smaller PNG meets the limit', async () => {
    const words = Array.from(
      { length: 400 },
      (_, n) => `<b style="color:hsl(${(n * 47) % 360} 80% 40%)">word ${n}</b>`,
    );
    const page = html(words.join(' '));
    const draw = (soft: number) => renderer.draw(url, page, { frame: { ...generic, soft } });
    let last = await draw(generic.max);
    for (let smaller = 0; smaller < 2; smaller++) {
      const next = await draw(last.bytes.length - 1);
      assert.equal(next.type, 'image/png');
      assert.ok(next.bytes.length < last.bytes.length, `${next.bytes.length} of ${last.bytes.length} bytes`);
      last = next;
    }
  });

  it('is lossless where the page is flat, and lossy where it shows photographs', async () => {
    const flat = await renderer.draw(url, html('<h1 style="color:#00f">Text</h1>'), { frame: generic });
    assert.equal(flat.type, 'image/png');
    assert.equal((await sharp(flat.bytes).metadata()).format, 'png');
    for (const rich of ['<canvas></canvas>', '<div style="height:9px;background:linear-gradient(red,blue)"></div>']) {
      assert.equal((await renderer.draw(url, html(rich), { frame: generic })).type, 'image/jpeg', rich);
    }
  });

  it('is never of a kind that its reader does not read', async () => {
    for (const page of [html('<h1>Text</h1>'), noise]) {
      for (const format of ['image/jpeg', 'image/png', 'image/webp'] as const) {
        const picture = await renderer.draw(url, page, { frame: { ...frame, formats: [format] } });
        assert.equal(picture.type, format);
        assert.equal(`image/${(await sharp(picture.bytes).metadata()).format}`, format);
      }
    }
  });

  it('is brought under the weight to aim for, as long as that does not show', async () => {
    const free = await renderer.draw(url, noise, { frame: { ...frame, formats: ['image/jpeg'] } });
    const soft = Math.round(free.bytes.length * 0.8);
    const aimed = await renderer.draw(url, noise, { frame: { ...frame, formats: ['image/jpeg'], soft } });
    assert.ok(aimed.bytes.length <= soft);
    const never = await renderer.draw(url, noise, { frame: { ...frame, formats: ['image/jpeg'], soft: 1000 } });
    assert.ok(never.bytes.length > free.bytes.length / 4);
  });

  it('says for which other limits it would come to be the very same', async () => {
    const draw = (soft: number) => renderer.draw(url, noise, { frame: { ...frame, formats: ['image/jpeg'], soft } });
    const free = await draw(1_000_000);
    const aimed = await draw(Math.round(free.bytes.length * 0.8));
    const { least, below } = aimed.common ?? assert.fail('It is common to nobody.');
    assert.ok(below !== null && least === aimed.bytes.length && below <= free.bytes.length);
    assert.ok((await draw(least)).bytes.equals(aimed.bytes));
    assert.ok((await draw(below - 1)).bytes.equals(aimed.bytes));
    assert.ok((await draw(below)).bytes.length > aimed.bytes.length);
    assert.ok((await draw(least - 1)).bytes.length < aimed.bytes.length);
    assert.equal((await draw(1000)).common, null);
  });

  it('is refused where nothing brings it under the limit', async () => {
    const drawing = renderer.draw(url, noise, { frame: { ...frame, max: 1000 } });
    await assert.rejects(drawing, (error) => error instanceof Problem && error.type === 'render-failed');
  });
});
