import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Website } from '../../src/model/website.ts';
import { longestTurn } from '../harness/longest-turn.ts';
import { type Origin, page, startOrigin } from '../harness/origin.ts';
import { startTestService, type TestService } from '../harness/service.ts';

const template = '<template id="ogplus"><p>a card</p></template>';
const documents: Readonly<Record<string, string>> = {
  'elements that end what is not open': `<template></template>${'<div>'.repeat(100_000)}${'</x>'.repeat(125_000)}`,
  'the same behind a card': `${template}${'<div>'.repeat(100_000)}${'</x>'.repeat(125_000)}`,
  ...Object.fromEntries(
    ['<noscript>', '<head>', '<template>', '<b>', '<svg>', '<template id=a>', '<meta name=a content=b>'].map(
      (piece) => [`${piece} in a row`, piece.repeat(Math.floor(4e6 / piece.length))],
    ),
  ),
  'nothing but <': '<'.repeat(9.5e6),
  'nothing but attributes': `<p ${'a '.repeat(4.75e6)}>`,
  'attributes of scripts': `<script>ogplus</script><p ${'onclick=ogplus] '.repeat(590_000)}>`,
  'one comment': `<!--${'-'.repeat(9.5e6)}`,
  'one text': 'a'.repeat(9.5e6),
  'one tag for networks': `<meta property="og:title" content="${'&amp;'.repeat(1.9e6)}">`,
};

// What the browser would tell of them.
const scripted: Readonly<Record<string, string>> = {
  'a picture of noise': `<meta property="og:plus:selector" content="canvas"><canvas width=2400 height=1260
    style="width:1200px;height:630px"></canvas><script>
    const context = document.querySelector('canvas').getContext('2d');
    const noise = context.createImageData(2400, 1260);
    for (let at = 0; at < noise.data.length; at += 65536) crypto.getRandomValues(noise.data.subarray(at, at + 65536));
    for (let at = 3; at < noise.data.length; at += 4) noise.data[at] = 255;
    context.putImageData(noise, 0, 0);</script>`,
  'long words of its console': `<meta property="og:plus:style" content="color: red"><script>
    const words = 'a'.repeat(25e6);
    setInterval(() => console.log(words), 50);</script>`,
  'long addresses of its pictures': `<script>
    const words = 'a'.repeat(25e6);
    let count = 0;
    setInterval(() => { new Image().src = 'data:image/png,' + count++ + words; }, 50);</script>`,
  'long addresses of its frames': `<iframe></iframe><script>
    const words = 'a'.repeat(25e6);
    let count = 0;
    setInterval(() => { frames[0].location = 'data:text/html,' + count++ + words; }, 50);</script>`,
  'long requests': `<script>
    const words = 'a'.repeat(25e6);
    setInterval(() => { fetch('/', { method: 'POST', body: words }); navigator.sendBeacon('/', words.slice(0, 6e4)); }, 50);
    </script>`,
  'long questions': `<script>const words = 'a'.repeat(25e6); setInterval(() => { alert(words); open('about:blank?' + words); }, 50);</script>`,
  'a long title': `<script>const words = 'a'.repeat(25e6); setInterval(() => { document.title = Math.random() + words; }, 50);</script>`,
};

describe('while a page is nothing but work', () => {
  let service: TestService;
  let heavy: Origin;
  let quiet: Origin;
  let hostile: Website;
  let kept: Website;

  before(async () => {
    service = await startTestService({ OGPLUS_RENDER_BUDGET_MS: '500' });
    heavy = await startOrigin((req, res) => {
      const what = decodeURIComponent(req.url ?? '').slice(1);
      res.writeHead(200, { 'Content-Type': 'text/html', 'Content-Encoding': 'gzip', 'Cache-Control': 'max-age=60' });
      res.end(packed.get(what));
    });
    quiet = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=3600' } }));
    hostile = await service.website(heavy.url);
    kept = await service.website(quiet.url);
    assert.equal((await service.card(kept, '/')).status, 200);
  });
  after(async () => {
    await service[Symbol.asyncDispose]();
    await heavy[Symbol.asyncDispose]();
    await quiet[Symbol.asyncDispose]();
  });

  const packed = new Map(Object.entries({ ...documents, ...scripted }).map(([what, text]) => [what, gzipSync(text)]));
  for (const what of packed.keys()) {
    it(`a kept card of another website is sent at once: ${what}`, async () => {
      const drawing = service.card(hostile, `/${encodeURIComponent(what)}`);
      let isOver = false;
      const over = () => {
        isOver = true;
      };
      drawing.then(over, over);
      const asking = (async () => {
        do {
          const { status, headers } = await service.card(kept, '/');
          assert.equal(status, 200);
          assert.match(headers['cache-status'] ?? '', /hit/);
          await pause(20); // asking without a rest would take a core from the drawing
        } while (!isOver);
      })();
      const longest = await longestTurn(Promise.all([drawing, asking]));
      assert.ok(longest < 50, `a turn of ${longest.toFixed(0)} ms`);
    });
  }
});
