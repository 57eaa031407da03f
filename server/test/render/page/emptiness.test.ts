import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { milliseconds } from '../../../src/model/units.ts';
import { drawnSite } from '../drawn-site.ts';
import { assertMiddle, filled, green, html, startTestRenderer, type TestRenderer } from '../harness.ts';

const site = drawnSite(async (req, res) => {
  if (req.url === '/never') return;
  if (req.url === '/slow') await pause(4000);
  if (req.url === '/broken') res.statusCode = 500;
  res.end('Some text that took its time.');
});
const { draw } = site;
const dark = '<style>html{background:#123}</style>';
const skeleton = `<style>.box{height:60px;margin:20px;background:#ddd}</style><div class="box"></div><div class="box"></div><div class="box"></div>`;

describe('a picture of nothing is no card:', () => {
  for (const [what, page, remark] of [
    ['an empty body', html(''), /empty/],
    ['an empty body with a script', html('<script>let x = 1</script>'), /empty/],
    ['an app that never draws itself', html('<div id="app"></div><script></script>'), /empty/],
    [
      'an app that throws on a white ground',
      html('<div id="app"></div><script>null.mount()</script>', '<style>body{background:#fff}</style>'),
      /empty.*Cannot read properties of null/s,
    ],
    [
      'an app that throws before its first paint',
      html('<div id="app"></div><script>null.mount()</script>', dark),
      /Cannot read properties of null/,
    ],
    [
      'an app whose promise is rejected',
      html('<div id="app"></div><script>Promise.reject(new Error("No data"))</script>', dark),
      /No data/,
    ],
    [
      'an app that throws behind a gradient',
      html(
        `<div style="${filled};background:linear-gradient(red, blue)"></div><script>throw new Error('No start')</script>`,
      ),
      /No start/,
    ],
    [
      'an app whose code does not come',
      html('<div id="app"></div><script src="/broken"></script>', dark),
      /broken \(500\)/,
    ],
    ['an empty template', html('<h1>An article</h1><template id="ogplus"></template>', dark), /template/],
    ['text that stays hidden', html('<h1 style="opacity:0">An article</h1>', dark), /hidden/],
    ['a body that stays away', html('<h1>An article</h1>', '<style>body{display:none}</style>'), /hidden/],
    ['text in the colour of its ground', html('<h1 style="color:#fff">An article</h1>'), /one colour/],
  ] as const) {
    it(what, async () => {
      const picture = await draw(page);
      assert.equal(picture.complete, false);
      assert.match(picture.remarks.join('\n'), remark);
      assert.equal(picture.common, null);
    });
  }

  it('a skeleton whose data do not come in time', async () => {
    await using hurried = await startTestRenderer({ budget: milliseconds(2000) });
    const drawWith = async (sign: string) => {
      const page = html(`<main ${sign}>${skeleton}</main><script>fetch('/never')</script>`);
      const picture = await hurried.draw(`${site.origin.url}/page`, page);
      assert.equal(picture.complete, false);
      assert.match(picture.remarks.join('\n'), /not ready within 2 seconds.*\/never/);
    };
    await Promise.all(['', 'aria-busy="true"', '><h1>A headline</h1'].map(drawWith));
  });
});

describe('a plain page is a card:', () => {
  for (const [what, page, more] of [
    ['of a colour', html('', '<style>html,body{height:100%;background:#0a0}</style>'), {}],
    ['of a box', html(`<div style="${filled};background:#0a0"></div>`), {}],
    ['of a box, with scripts', html(`<div style="${filled};background:#0a0"></div><script>let x = 1</script>`), {}],
    [
      'a template of a colour',
      html(`text<template id="ogplus"><div style="${filled};background:#0a0"></div></template>`),
      {},
    ],
    [
      'a template that is empty, with a style for its body',
      html('text<template id="ogplus"></template>'),
      { style: 'background:#0a0' },
    ],
    [
      'which has something for readers of screens only',
      html(
        `<div style="${filled};background:#0a0"></div><p style="position:absolute;width:1px;height:1px;overflow:hidden">Read</p>`,
      ),
      {},
    ],
  ] as const) {
    it(what, async () => {
      const picture = await draw(page, more);
      await assertMiddle(picture, green);
      assert.deepEqual([picture.complete, picture.remarks], [true, []]);
    });
  }

  it('which shows a word, whatever goes wrong in it', async () => {
    const picture = await draw(html('<p>A</p><script>null.mount()</script>'));
    assert.deepEqual([picture.complete, picture.remarks], [true, []]);
  });
});

describe('a page that says that it waits', () => {
  it('is waited for, for as long as there is time', async () => {
    const page = html(
      `<main id="main" aria-busy="true">${skeleton}</main>
      <script>fetch('/slow').then((r) => r.text()).then((text) => { main.innerHTML = '<div style="${filled};background:#0a0">' + text + '</div>' })</script>`,
    );
    const picture = await draw(page);
    assert.equal(picture.complete, true);
    await assertMiddle(picture, green);
  });
});

// Side by side: each of them is waited for a while.
describe('a request that can change nothing in view holds no card up:', { concurrency: true }, () => {
  const shown = `<div style="${filled};background:#0a0">text</div>`;
  for (const [what, page] of [
    ['a pixel far below', html(`${shown}<div style="height:3000px"></div><img src="/never" width="1" height="1">`)],
    ['a pixel of a script', html(`${shown}<script>new Image().src = '/never'</script>`)],
    ['a script that nothing waits for', html(`${shown}<script async src="/never"></script>`)],
    [
      'a script that a script adds',
      html(
        `${shown}<script>document.head.append(Object.assign(document.createElement('script'), { src: '/never' }))</script>`,
      ),
    ],
    ['the document of a frame', html(`${shown}<iframe src="/never"></iframe>`)],
    [
      'a font',
      html(
        `<p style="font:300px late;color:#0a0;margin:-100px">████</p>`,
        '<style>@font-face{font-family:late;src:url(/never)}</style>',
      ),
    ],
    ['a stylesheet for print', html(shown, '<link rel="stylesheet" href="/never" media="print">')],
    ['a video below', html(`${shown}<video src="/never"></video>`)],
  ] as const) {
    it(what, async () => {
      const picture = await draw(page);
      assert.equal(picture.complete, true, picture.remarks.join());
      await assertMiddle(picture, green);
      if (!what.includes('video')) assert.match(picture.remarks.join('\n'), /Not waited for.*\/never/);
    });
  }
});

describe('a request that can change what is in view is waited for until the time ends:', { concurrency: true }, () => {
  let hurried: TestRenderer;
  before(async () => {
    hurried = await startTestRenderer({ budget: milliseconds(2000) });
  });
  after(() => hurried[Symbol.asyncDispose]());

  for (const [what, waiting, more] of [
    ['an image', `<img src="/never" style="${filled}">`, ''],
    ['a background', `<p style="height:200px;background:url(/never)">text</p>`, ''],
    ['a stylesheet', 'text', '<link rel="stylesheet" href="/never">'],
    ['a script', '<script src="/never"></script>text', ''],
    ['an import', 'text<script type="module">import "/never"</script>', ''],
  ] as const) {
    it(what, async () => {
      const picture = await hurried.draw(`${site.origin.url}/page`, html(`<p>text</p>${waiting}`, more));
      assert.equal(picture.complete, false);
      assert.match(picture.remarks.join('\n'), /waiting for .*\/never/);
    });
  }
});
