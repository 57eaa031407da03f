import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import type { Rendering } from '../../../src/render/renderer.ts';
import { startOrigin } from '../../harness/origin.ts';
import { type Colour, isClose, pixel } from '../../harness/pixels.ts';
import { drawnSite } from '../drawn-site.ts';
import { assertMiddle, blue, filled, green, html, small, white } from '../harness.ts';

const site = drawnSite(
  (req, res) => {
    const isStyle = req.url?.endsWith('.css') === true;
    res.writeHead(isStyle ? 200 : 404, { 'Content-Type': 'text/css' });
    res.end(isStyle ? '.full{height:100%;background:#0a0}' : '');
  },
  { path: '/folder/page' },
);
const { draw } = site;
const policy = { 'content-security-policy': "default-src 'self'" };

/** Throws where the picture is not of this colour at these places; fractions of its width and height. */
async function assertAt(picture: Rendering, places: ReadonlyArray<readonly [number, number, Colour]>): Promise<void> {
  for (const [x, y, colour] of places) {
    const at = [Math.round(x * (picture.width - 1)), Math.round(y * (picture.height - 1))] as const;
    const found = await pixel(picture.bytes, ...at);
    assert.ok(isClose(found, colour), `${found}, not ${colour}, at ${at}`);
  }
}
const corners = (colour: Colour) =>
  [
    [0, 0, colour],
    [1, 0, colour],
    [0, 1, colour],
    [1, 1, colour],
  ] as const;

const full = (colour: string) => `<div style="height:100%;background:${colour}"></div>`;
const facebook = { ...small, consumer: 'facebook' };

describe('a <template id="ogplus">', () => {
  it('is the whole picture, whatever width and margins the page gives its articles', async () => {
    const page = html(
      `<h1>Page</h1><template id="ogplus">${full('#0a0')}</template>`,
      '<style>html{height:auto;background:red}body{max-width:20ch;margin:40px auto;padding:2em}</style>',
      ' class="post"',
    );
    await assertAt(await draw(page), corners(green));
  });

  it("has the page's own head: its styles, found from the page's address", async () => {
    const page = `<html><head><link rel="stylesheet" href="style.css"></head><body><template id="ogplus"><div class="full"></div></template></body></html>`;
    site.origin.heard.length = 0;
    await assertAt(await draw(page, { headers: policy }), corners(green));
    assert.deepEqual(
      site.origin.heard.map(({ target }) => target),
      ['/folder/style.css'],
    );
  });

  it('keeps what the body would have loaded from being loaded', async () => {
    const page = html(
      `<img src="/a.png"><script src="/a.js"></script><iframe src="/a"></iframe><template id="ogplus">${full('#0a0')}</template><img src="/b.png">`,
    );
    site.origin.heard.length = 0;
    await assertAt(await draw(page), corners(green));
    assert.deepEqual(site.origin.heard, []);
  });

  for (const [what, page] of [
    ['in the head', `<html><head><template id="ogplus">${full('#0a0')}</template></head><body>page</body></html>`],
    ['without a <body> tag', `<title>t</title><p>page<template id=ogplus>${full('#0a0')}</template>`],
    ['without any other tag', `<template id="ogplus">${full('#0a0')}</template>`],
    ['that is never closed', `<body><p>page<template id="ogplus">${full('#0a0')}`],
    ['behind the body', `<body><p>page</body><template id="ogplus">${full('#0a0')}</template></html>`],
    ['in capitals', `<BODY><TEMPLATE ID="ogplus">${full('#0a0')}</TEMPLATE></BODY>`],
    [
      'behind a comment that has one',
      `<body><!-- <template id="ogplus">no</template> --><template id="ogplus">${full('#0a0')}</template>`,
    ],
    [
      'that holds another one',
      `<body><template id="ogplus"><template id="ogplus">no</template>${full('#0a0')}</template>`,
    ],
    [
      'before a second one',
      `<body><template id="ogplus">${full('#0a0')}</template><template id="ogplus">no</template>`,
    ],
    [
      'beside others',
      `<body><template id="x">${full('red')}</template><template id="ogplus">${full('#0a0')}</template>`,
    ],
  ] as const) {
    it(`is found ${what}`, async () => assertAt(await draw(page), corners(green)));
  }

  it('is not one that a script only speaks of', async () => {
    const page = html(
      `<script>'<template id="ogplus">${full('red')}</template>'</script><p style="${filled};background:#0a0">`,
    );
    await assertMiddle(await draw(page), green);
  });

  it("gives way to the consumer's own", async () => {
    const page = html(
      `<template id="ogplus">${full('#00f')}</template><template id="ogplus-facebook">${full('#0a0')}</template>`,
    );
    await assertAt(await draw(page, { frame: facebook }), corners(green));
    await assertAt(await draw(page), corners(blue));
    await assertAt(await draw(page, { frame: { ...small, consumer: 'slack' } }), corners(blue));
  });

  it('stands above a selector', async () => {
    const page = html(`<template id="ogplus">${full('#0a0')}</template><p id="p" style="background:red">p</p>`);
    await assertAt(await draw(page, { selector: '#p' }), corners(green));
  });

  it('may hold scripts, which run', async () => {
    const page = html(
      `<template id="ogplus"><div id="a" style="height:100%"></div><script>document.getElementById('a').style.background = '#0a0'</script></template>`,
    );
    await assertAt(await draw(page), corners(green));
  });

  it('keeps its encoding', async () => {
    const text = `<template id="ogplus"><body>\u00e9<script>document.body.style.background = document.body.innerText === '\\xe9' ? '#0a0' : 'red'</script></template>`;
    const headers = { 'content-type': 'text/html; charset=iso-8859-1' };
    const picture = await site.renderer.draw(`${site.origin.url}/page`, Buffer.from(text, 'latin1'), { headers });
    await assertAt(picture, [[1, 1, green]]);
  });
});

describe('og:plus:style', () => {
  it('is inline CSS of the body, which no policy of the page forbids', async () => {
    const page = '<html><head></head><body><p>text</p></body></html>';
    await assertAt(await draw(page, { headers: policy, style: 'background: #0a0' }), corners(green));
  });

  it('is added to what the body says of itself, and stands above it', async () => {
    const page = html('', '', '').replace('<body>', '<body style="background:red;margin:50px">');
    await assertAt(await draw(page, { style: 'background:#0a0;' }), corners(green));
  });

  it('applies to a template card too', async () => {
    const page = html(`<template id="ogplus">${full('#0a0')}</template>`);
    const picture = await draw(page, { style: 'padding: 50px; background: #00f' });
    await assertAt(picture, [...corners(blue), [0.5, 0.5, green]]);
  });
});

describe('og:plus:selector', () => {
  const box = 'width:100px;height:100px';

  it('draws one element as large as fits, on its own background, never stretched', async () => {
    const page = html(
      `<p>page</p><div id="card" style="${box};background:#00f"><div style="width:50px;height:100px;background:#0a0"></div></div>`,
    );
    const picture = await draw(page, { selector: '#card' });
    // A square in a frame of 600 × 315: 315 pixels in the middle, its own blue at both sides.
    await assertAt(picture, [...corners(blue), [0.27, 0.5, green], [0.45, 0.02, green], [0.55, 0.5, blue]]);
    assert.equal(picture.selectorIgnored, undefined);
  });

  it("stands on its ancestors' background where it has none", async () => {
    const page = html(
      `<div style="background:#0a0;padding:30px"><h1 id="card" style="${box}"></h1></div>`,
      '<style>html{background:red}</style>',
    );
    await assertAt(await draw(page, { selector: '#card' }), corners(green));
  });

  it('stands on white where nothing has one', async () => {
    await assertAt(await draw(html(`<h1 id="card" style="${box}"></h1>`), { selector: '#card' }), corners(white));
  });

  for (const [what, style] of [
    ['far below the viewport', 'position:absolute;top:4000px;left:0'],
    ['far to the right', 'position:absolute;top:0;left:4000px'],
    ['larger than the viewport', 'width:1800px;height:945px'],
    ['of parts of a pixel', 'width:133.33px;height:70px;margin:0.4px'],
  ] as const) {
    it(`draws an element ${what}`, async () => {
      const page = html(
        `<div id="card" style="width:600px;height:315px;background:#0a0;${style}"></div>`,
        '<style>html{background:#f00}</style>',
      );
      await assertAt(await draw(page, { selector: '#card' }), [
        [0.5, 0.5, green],
        [0.5, 0.03, green],
        [0.5, 0.97, green],
        [0.03, 0.5, green],
        [0.97, 0.5, green],
      ]);
    });
  }

  for (const [what, style] of [
    ['with rounded corners', 'width:500px;height:300px;border-radius:40px'],
    ['between the pixels', 'width:133.3px;height:100.7px;margin:7.3px'],
    ['between the pixels of its picture', 'width:300px;height:257px;margin:11px'],
  ] as const) {
    it(`shows nothing of what is around an element ${what}`, async () => {
      const page = html(
        `<div id="card" style="background:#0a0;${style}"></div>`,
        '<style>html{background:#f00}</style>',
      );
      const { bytes } = await draw(page, { selector: '#card', frame: { ...small, formats: ['image/png'] } });
      const { channels } = await sharp(bytes).stats();
      assert.deepEqual(
        channels.slice(0, 3).map(({ min, max }) => [min, max]),
        green.map((value) => [value, value]),
      );
    });
  }

  it('draws the first of several', async () => {
    const page = html(
      `<p class="card" style="${box};background:#0a0"></p><p class="card" style="${box};background:red"></p>`,
    );
    await assertMiddle(await draw(page, { selector: '.card' }), green);
  });

  it('draws a template that it names by its id, and loads nothing of the body', async () => {
    const page = html(`<img src="/a.png"><template id="mine">${full('#0a0')}</template>`);
    site.origin.heard.length = 0;
    await assertAt(await draw(page, { selector: '#mine' }), corners(green));
    await assertAt(await draw(page, { selector: 'template#mine' }), corners(green));
    assert.deepEqual(site.origin.heard, []);
  });

  it('draws a template that it finds in another way', async () => {
    const page = html(`<p>page</p><template class="mine">${full('#0a0')}</template>`);
    await assertAt(await draw(page, { selector: 'template.mine' }), corners(green));
  });

  for (const [what, selector, why] of [
    ['matches nothing', '#nothing', 'it matches nothing'],
    ['is no selector', 'div[', 'it is not a valid CSS selector'],
    ['matches what has no size', '#hidden', 'what it matches has no size'],
  ] as const) {
    it(`leaves the whole page, and says why, where it ${what}`, async () => {
      const page = html('<p id="hidden" hidden>', '<style>html{background:#0a0}</style>');
      const picture = await draw(page, { selector });
      await assertAt(picture, corners(green));
      assert.equal(picture.selectorIgnored, why);
    });
  }

  describe('shows nothing of what lies over the element and is not of it:', () => {
    const card = '<div id="card" style="position:relative;width:600px;height:315px;background:#0a0">';
    const bar = 'top:0;left:0;width:100%;height:60px;background:#f00;z-index:9';
    for (const [what, body] of [
      ['a fixed bar', `<div style="position:fixed;${bar}"></div>${card}</div>`],
      ['a sticky bar', `<div style="position:sticky;${bar}"></div>${card}</div><div style="height:3000px"></div>`],
      [
        'a sticky bar over what is taller than the screen',
        `<div style="position:sticky;${bar}"></div><div id="card" style="width:600px;height:3150px;background:#0a0"></div>`,
      ],
      [
        'a bubble',
        `${card}</div><div style="position:fixed;bottom:0;right:0;${bar};top:auto"><b style="visibility:visible">?</b></div>`,
      ],
      ['a bubble of another document', `${card}</div><iframe srcdoc="" style="position:fixed;${bar}"></iframe>`],
      [
        'a bubble in a shadow tree',
        `${card}</div><p id="host"></p><script>host.attachShadow({mode:'open'}).innerHTML='<div style="position:fixed;${bar}"></div>'</script>`,
      ],
      [
        'a bubble in a closed shadow tree',
        `${card}</div><p id="host"></p><script>host.attachShadow({mode:'closed'}).innerHTML='<div style="position:fixed;${bar}"></div>'</script>`,
      ],
      [
        'a dialog',
        `${card}</div><dialog id="d" style="${bar};max-width:none;padding:0;margin:0;border:0"></dialog><script>d.showModal()</script>`,
      ],
      [
        'what is laid over it, and lets the pointer through',
        `<main style="position:relative">${card}</div><div style="position:absolute;pointer-events:none;${bar}"></div></main>`,
      ],
      ['what fades when it is hidden', `<div style="position:fixed;transition:opacity 60s;${bar}"></div>${card}</div>`],
    ] as const) {
      it(what, async () => {
        const picture = await draw(html(body), { selector: '#card' });
        const points = [0.01, 0.05, 0.1, 0.5, 0.9, 0.95, 0.99].map((y) => [0.5, y, green] as const);
        await assertAt(picture, points);
      });
    }

    it('and all that is of it, bars too', async () => {
      const inner = `<div style="position:sticky;top:0;height:100px;background:#00f"></div><div style="position:absolute;bottom:0;width:100%;height:50px;background:#00f"></div>`;
      const page = html(
        `<header style="position:fixed;top:0"><div id="card" style="position:relative;width:600px;height:315px;background:#0a0">${inner}</div></header>`,
      );
      await assertAt(await draw(page, { selector: '#card' }), [
        [0.5, 0.1, blue],
        [0.5, 0.5, green],
        [0.5, 0.95, blue],
      ]);
    });
  });

  it('leaves some room around bare text, on what it stands on', async () => {
    const style =
      '<style>html{background:#0a0}h1{margin:0;font:60px/1 sans-serif;color:#00f;display:inline-block}</style>';
    for (const text of ['<h1 id="card">████████</h1>', '<span id="card" style="color:#00f">████</span>']) {
      const picture = await draw(html(text, style), { selector: '#card' });
      await assertAt(picture, [...corners(green), [0.03, 0.5, green], [0.97, 0.5, green], [0.5, 0.5, blue]]);
    }
    const framed = html('<h1 id="card" style="background:#00f">█</h1>', style);
    await assertAt(await draw(framed, { selector: '#card' }), corners(blue));
  });

  it('waits for the images of an element that lies outside the viewport', async () => {
    const square = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="#0a0"/></svg>`;
    await using images = await startOrigin((_, res) => {
      setTimeout(() => res.writeHead(200, { 'Content-Type': 'image/svg+xml' }).end(square), 100);
    });
    const page = html(
      `<div style="height:9000px"></div><div id="card" style="width:600px"><img loading="lazy" src="/a" style="display:block;width:600px;height:2000px"></div>`,
    );
    await assertMiddle(await site.renderer.draw(`${images.url}/page`, page, { selector: '#card' }), green);
  });
});
